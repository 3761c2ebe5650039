#include "unit/program/programs.h"

/* Two ways on random graphs --------------------------------------------------------------------------- */

enum { N_SYMBOLS = 12, N_NODES = 300 };

typedef struct dice {
  uint64_t state;
} dice;

static uint64_t roll(dice *d, uint64_t sides) {
  d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (d->state >> 33) % sides;
}

static double between(dice *d, double low, double high) {
  return low + (high - low) * (double)roll(d, 1u << 30) / (1u << 30);
}

static rg_op random_operation(dice *d) {
  static const rg_op arithmetic[] = {RG_OP_ADD, RG_OP_SUB, RG_OP_MUL, RG_OP_DIV};
  if (roll(d, 3)) return arithmetic[roll(d, 4)];
  return (rg_op)(RG_OP_ADD + roll(d, RG_OP_COUNT - RG_OP_ADD));
}

static rg_node random_operand(words *w, dice *d, const rg_node *made, size_t count) {
  if (count && roll(d, 3)) return made[count - 1 - roll(d, count < 20 ? count : 20)];
  if (roll(d, 4)) return rg_symbol(w->graph, (uint32_t)roll(d, N_SYMBOLS));
  return rg_number(w->graph, between(d, -2.0, 2.0));
}

static void make_random_nodes(words *w, dice *d, rg_node made[N_NODES]) {
  for (size_t k = 0; k < N_NODES; k++) {
    const rg_op op = random_operation(d);
    rg_node operand[3];
    for (size_t j = 0; j < 3; j++) operand[j] = random_operand(w, d, made, k);
    made[k] = rg_op_arity(op) == 3   ? rg_choose(w->graph, operand[0], operand[1], operand[2])
              : rg_op_arity(op) == 2 ? rg_binary(w->graph, op, operand[0], operand[1])
                                     : rg_unary(w->graph, op, operand[0]);
  }
}

/* Several calls on one set of registers: nothing may be left over from the call before. */
static void compare_two_ways(words *w, dice *d, const rg_program *program, const rg_node *nodes,
                             unsigned seed) {
  double inputs[N_SYMBOLS], outputs[N_NODES], *registers = registers_for(w, program, inputs);
  for (int call = 0; call < 3; call++) {
    for (size_t k = 0; k < N_SYMBOLS; k++) registers[k] = inputs[k] = between(d, -1.0, 3.0);
    int undefined = 0;
    const int answer = rg_program_run(program, registers, outputs);
    for (size_t k = 0; k < program->n_outputs; k++) {
      const double expected = words_value(w, nodes[k], inputs);
      undefined |= !isfinite(expected);
      if (!same_bits(outputs[k], expected))
        fail_msg("seed %u, call %d, output %zu: %.17g instead of %.17g", seed, call, k, outputs[k], expected);
    }
    if (answer != undefined) fail_msg("seed %u, call %d: answered %d", seed, call, answer);
    assert_memory_equal(registers, inputs, sizeof inputs);
  }
}

static void random_programs_agree_with_the_graph(void **state) {
  words *w = *state;
  for (unsigned seed = 1; seed <= 200; seed++) {
    dice d = {seed};
    rg_node made[N_NODES];
    make_random_nodes(w, &d, made);
    const size_t n_outputs = seed % 4 ? 1 + roll(&d, 9) : N_NODES; /* few share less: more pairs */
    const rg_node *outputs = made + N_NODES - n_outputs;
    const rg_program *program = rg_program_compile(w->arena, w->graph, outputs, n_outputs, N_SYMBOLS);
    compare_two_ways(w, &d, program, outputs, seed);
  }
}

/* Every opcode by itself ------------------------------------------------------------------------------ */

static const double telling[] = {0.0,   -0.0,   1.0,    -1.0,  0.5, 2.0,  3.0,      -2.5, 0.1,  1e-9,
                                 1e300, -1e300, 5e-324, 709.0, 1e4, -1e4, INFINITY, NAN,  3.14, -INFINITY};
enum { N_TELLING = sizeof telling / sizeof *telling };

/* A program of one instruction on registers 0, 1, 2. */
static double execute_one(uint32_t opcode, const double operands[3]) {
  const rg_run run = {opcode, 1, 3, (uint32_t[]){0, 1, 2}};
  const rg_program program = {.n_inputs = 3,
                              .n_registers = 4,
                              .n_runs = 1,
                              .n_instructions = 1,
                              .n_outputs = 1,
                              .runs = &run,
                              .outputs = (uint32_t[]){3}};
  double registers[4] = {operands[0], operands[1], operands[2]}, output;
  const int undefined = rg_program_run(&program, registers, &output);
  assert_int_equal(undefined, !isfinite(output));
  return output;
}

typedef double meaning(uint32_t opcode, const double operands[3]);

static void compare_on_telling_values(uint32_t opcode, meaning *expected) {
  for (size_t k = 0; k < N_TELLING * N_TELLING * N_TELLING; k++) {
    const double operands[] = {telling[k % N_TELLING], telling[k / N_TELLING % N_TELLING],
                               telling[k / N_TELLING / N_TELLING]};
    if (!same_bits(execute_one(opcode, operands), expected(opcode, operands)))
      fail_msg("opcode %u of %g, %g, %g", (unsigned)opcode, operands[0], operands[1], operands[2]);
  }
}

static double by_the_graph(uint32_t opcode, const double x[3]) {
  return rg_op_apply((rg_op)opcode, x[0], x[1], x[2]);
}

static void operations_mean_what_the_graph_says(void **state) {
  (void)state;
  for (uint32_t opcode = RG_OP_ADD; opcode < RG_OP_COUNT; opcode++)
    compare_on_telling_values(opcode, by_the_graph);
}

enum { LEFT, RIGHT };
static const struct {
  rg_op outer, inner;
  int side;
} pairs[] = {
#define PAIR(OUTER, INNER, SIDE, meaning) {RG_OP_##OUTER, RG_OP_##INNER, SIDE},
#include "program/opcodes.def"
};

static double by_two_steps(uint32_t opcode, const double x[3]) {
  const rg_op outer = pairs[opcode - RG_OP_COUNT].outer, inner = pairs[opcode - RG_OP_COUNT].inner;
  if (pairs[opcode - RG_OP_COUNT].side == LEFT)
    return rg_op_apply(outer, rg_op_apply(inner, x[0], x[1], 0), x[2], 0);
  return rg_op_apply(outer, x[0], rg_op_apply(inner, x[1], x[2], 0), 0);
}

static void pairs_are_rounded_twice(void **state) {
  (void)state;
  for (uint32_t opcode = RG_OP_COUNT; opcode < RG_OPCODE_COUNT; opcode++)
    compare_on_telling_values(opcode, by_two_steps);
}

/* No value here --------------------------------------------------------------------------------------- */

static void an_undefined_output_is_told(void **state) {
  words *w = *state;
  double value;
  assert_int_equal(run(w, compile_text(w, "log(a)"), (double[]){2.0}, &value), 0);
  assert_int_equal(run(w, compile_text(w, "log(a)"), (double[]){-2.0}, &value), 1);
  assert_int_equal(run(w, compile_text(w, "1/a"), (double[]){0.0}, &value), 1);
  assert_int_equal(run(w, compile_text(w, "-1/a"), (double[]){0.0}, &value), 1);
  assert_int_equal(run(w, compile_text(w, "exp(a)"), (double[]){1000.0}, &value), 1);
}

static void one_undefined_output_among_many_is_told(void **state) {
  words *w = *state;
  const rg_node outputs[] = {words_node(w, "a + 1"), words_node(w, "sqrt(a)"), words_node(w, "a*a")};
  double values[3];
  assert_int_equal(run(w, compile(w, outputs, 3), (double[]){-1.0}, values), 1);
  assert_true(values[0] == 0.0 && values[2] == 1.0);
}

static void the_side_not_taken_does_no_harm(void **state) {
  words *w = *state;
  const rg_program *program = compile_text(w, "if(a > 0, log(a), 1/(a - a*a) + b)");
  double value;
  assert_int_equal(run(w, program, (double[]){-1.0, 2.0}, &value), 0);
  assert_close(value, 1.5, 1e-15);
  assert_int_equal(run(w, program, (double[]){1.0, 2.0}, &value), 0); /* the other divides by 0 */
  assert_true(value == 0.0);
  assert_int_equal(run(w, program, (double[]){0.0, 2.0}, &value), 1); /* and now it is taken */
}

static void infinity_on_the_way_may_end_well(void **state) {
  words *w = *state;
  double value;
  assert_int_equal(run(w, compile_text(w, "1/(1 + exp(a))"), (double[]){1000.0}, &value), 0);
  assert_true(value == 0.0);
}

/* No allocation --------------------------------------------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif

#ifdef SANITIZED /* brings its own malloc */
static void running_allocates_nothing(void **state) {
  (void)state;
  skip();
}
#else
/* glibc's malloc, counted: a definition in the program goes before the library's. */
void *__libc_malloc(size_t size);
static size_t n_allocations;
void *malloc(size_t size) {
  n_allocations++;
  return __libc_malloc(size);
}

static void running_allocates_nothing(void **state) {
  words *w = *state;
  const rg_program *program = compile_text(w, "if(a > b, exp(a*b)^c, tanh(a)) + softplus(sin(a)/cos(b), c)");
  double *registers = registers_for(w, program, (double[]){1.0, 2.0, 3.0}), value;
  free(malloc(1)); /* is it counted? */
  const size_t before = n_allocations;
  assert_true(before > 0);
  for (int k = 0; k < 1000; k++) assert_int_equal(rg_program_run(program, registers, &value), 0);
  assert_int_equal(n_allocations, before);
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(random_programs_agree_with_the_graph),
      cmocka_unit_test(operations_mean_what_the_graph_says),
      cmocka_unit_test(pairs_are_rounded_twice),
      words_test(an_undefined_output_is_told),
      words_test(one_undefined_output_among_many_is_told),
      words_test(the_side_not_taken_does_no_harm),
      words_test(infinity_on_the_way_may_end_well),
      words_test(running_allocates_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
