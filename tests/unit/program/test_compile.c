#include "unit/program/programs.h"

static void only_what_outputs_need_is_computed(void **state) {
  words *w = *state;
  words_node(w, "exp(a)*log(b) - sin(c)");
  assert_int_equal(rg_program_instructions(compile_text(w, "sqrt(a)")), 1);
}

static void shared_expressions_are_computed_once(void **state) {
  words *w = *state;
  const rg_node outputs[] = {words_node(w, "exp(a)"), words_node(w, "tan(exp(a))"), words_node(w, "exp(a)")};
  const rg_program *program = compile(w, outputs, 3);
  assert_int_equal(rg_program_instructions(program), 2);
  assert_int_equal(program->outputs[0], program->outputs[2]);
}

static void leaves_need_no_instruction(void **state) {
  words *w = *state;
  const rg_node outputs[] = {words_node(w, "b"), words_node(w, "2.5"), words_node(w, "a"),
                             words_node(w, "2.5")};
  const rg_program *program = compile(w, outputs, 4);
  double values[4];
  assert_int_equal(rg_program_instructions(program), 0);
  assert_int_equal(program->n_literals, 1);
  assert_int_equal(run(w, program, (double[]){3.0, 4.0}, values), 0); /* b was written first */
  assert_memory_equal(values, ((double[]){3.0, 2.5, 4.0, 2.5}), sizeof values);
}

static void no_outputs_is_a_program_too(void **state) {
  words *w = *state;
  const rg_program *program = compile(w, NULL, 0);
  assert_int_equal(rg_program_outputs(program), 0);
  assert_int_equal(run(w, program, NULL, NULL), 0);
}

static void two_operations_make_one_instruction(void **state) {
  words *w = *state;
  assert_int_equal(rg_program_instructions(compile_text(w, "a*b + c")), 1);
  assert_int_equal(rg_program_instructions(compile_text(w, "c - a/b")), 1);
  assert_int_equal(rg_program_instructions(compile_text(w, "a + b + c + d + e")), 2);
  assert_int_equal(rg_program_instructions(compile_text(w, "exp(a) + b")), 2);
}

static void what_is_used_twice_is_kept(void **state) {
  words *w = *state;
  assert_int_equal(rg_program_instructions(compile_text(w, "(a*b + c)/(a*b)")), 2);
  const rg_node outputs[] = {words_node(w, "d*e"), words_node(w, "d*e + f")};
  assert_int_equal(rg_program_instructions(compile(w, outputs, 2)), 2);
}

/* Nine countries, one equation: as many runs as one country has. */
static void alike_equations_share_their_runs(void **state) {
  words *w = *state;
  rg_node outputs[9];
  for (int k = 0; k < 9; k++)
    outputs[k] =
        words_node(w, rg_arena_printf(w->arena, "exp(a%d)*log(b%d) + (c%d - a%d)/sqrt(b%d)", k, k, k, k, k));
  const rg_program *one = compile(w, outputs, 1), *nine = compile(w, outputs, 9);
  assert_int_equal(nine->n_runs, one->n_runs);
  assert_int_equal(rg_program_instructions(nine), 9 * rg_program_instructions(one));
}

/* A run writes one block, which begins where the last ended, and reads only what is there already. */
static void runs_follow_each_other_in_memory(void **state) {
  words *w = *state;
  const rg_program *program =
      compile_text(w, "if(a > b, exp(a*b)^c, max(a, b)*c) + sin(a)/cos(b) - softplus(a, c)");
  uint32_t next = program->n_inputs + program->n_literals;
  for (size_t k = 0; k < program->n_runs; k++) {
    const rg_run *r = &program->runs[k];
    assert_int_equal(r->first, next);
    for (size_t j = 0; j < r->count * rg_opcode_arity(r->opcode); j++) assert_true(r->operands[j] < r->first);
    next += r->count;
  }
  assert_int_equal(next, rg_program_registers(program));
}

static void the_graph_is_no_longer_needed(void **state) {
  words *w = *state;
  rg_arena *arena = rg_arena_create();
  assert_non_null(arena);
  if (RG_ARENA_TRY(arena)) fail();
  const rg_node node = words_node(w, "a*exp(b) - 2");
  const rg_program *program = rg_program_compile(arena, w->graph, &node, 1, 2);
  rg_arena_free(w->arena); /* and the graph with it */
  w->arena = arena;        /* freed by the teardown */
  double value;
  assert_int_equal(run(w, program, (double[]){3.0, 0.0}, &value), 0);
  assert_true(value == 1.0);
}

static void depth_is_no_danger(void **state) {
  words *w = *state;
  rg_node node = rg_symbol(w->graph, words_symbol(w, "a"));
  for (int k = 0; k < 100000; k++) node = rg_unary(w->graph, RG_OP_TANH, rg_unary(w->graph, RG_OP_SIN, node));
  const rg_program *program = compile(w, &node, 1);
  double value;
  assert_int_equal(rg_program_instructions(program), 200000);
  assert_int_equal(run(w, program, (double[]){0.1}, &value), 0);
  assert_true(same_bits(value, words_value(w, node, (double[]){0.1})));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(only_what_outputs_need_is_computed),  words_test(shared_expressions_are_computed_once),
      words_test(leaves_need_no_instruction),          words_test(no_outputs_is_a_program_too),
      words_test(two_operations_make_one_instruction), words_test(what_is_used_twice_is_kept),
      words_test(alike_equations_share_their_runs),    words_test(runs_follow_each_other_in_memory),
      words_test(the_graph_is_no_longer_needed),       words_test(depth_is_no_danger),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
