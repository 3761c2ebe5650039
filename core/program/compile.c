/* compile.c — from the graph to a program.
 *
 *   1. count     how often each node is used by what the outputs need; unused nodes are left out
 *   2. select    an instruction for every node, or one for two nodes where opcodes.def has the pair
 *   3. order     by depth, then opcode, then number: equal instructions of equal depth are a run
 *   4. place     results in registers, in that order, so that a run writes one block
 *   5. emit      the runs with their tables of operands
 *
 * Each step is a loop over node numbers, upwards (operands first) or downwards (users first).
 */
#include "program/instructions.h"

#include <stdlib.h>

/* The instruction that computes a node. */
typedef struct instruction {
  uint32_t opcode;
  uint32_t uses; /* by needed nodes and by outputs; 0: not needed, or part of the pair that uses it */
  uint32_t depth;
  uint32_t place; /* the register of the result */
  rg_node operands[RG_MOST_OPERANDS];
} instruction;

typedef struct compiler {
  rg_arena *arena;
  const rg_graph *graph;
  rg_program *program;
  uint32_t n_nodes;
  instruction *of; /* by node */
  rg_node *order;  /* nodes that are computed, in the order of computing */
} compiler;

size_t rg_opcode_arity(uint32_t opcode) { return opcode < RG_OP_COUNT ? rg_op_arity((rg_op)opcode) : 3; }

static bool is_leaf(uint32_t opcode) { return opcode == RG_OP_NUMBER || opcode == RG_OP_SYMBOL; }

static void count_uses(compiler *c, const rg_node *outputs, size_t n_outputs) {
  for (size_t k = 0; k < n_outputs; k++) c->of[outputs[k]].uses++;
  for (rg_node node = c->n_nodes; node-- > 0;) {
    instruction *self = &c->of[node];
    if (!self->uses) continue;
    self->opcode = rg_node_op(c->graph, node);
    for (size_t k = 0; k < rg_node_arity(c->graph, node); k++) {
      self->operands[k] = rg_node_operand(c->graph, node, k);
      c->of[self->operands[k]].uses++;
    }
  }
}

enum { LEFT, RIGHT };

/* The opcode for this pair, or 0 (which is RG_OP_NUMBER and no pair). */
static uint32_t find_pair(uint32_t outer, uint32_t inner, int side) {
  static const struct {
    rg_op outer, inner;
    int side;
  } pairs[] = {
#define PAIR(OUTER, INNER, SIDE, meaning) {RG_OP_##OUTER, RG_OP_##INNER, SIDE},
#include "program/opcodes.def"
  };
  for (uint32_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
    if (pairs[k].outer == outer && pairs[k].inner == inner && pairs[k].side == side) return RG_OP_COUNT + k;
  return 0;
}

/* Makes `outer` one instruction with its operand number `side`, where that is possible. */
static bool absorb(compiler *c, instruction *outer, int side) {
  instruction *inner = &c->of[outer->operands[side]];
  if (inner->uses != 1) return false;
  const bool commutes = outer->opcode == RG_OP_ADD || outer->opcode == RG_OP_MUL;
  const int written = commutes ? LEFT : side;
  const uint32_t pair = find_pair(outer->opcode, inner->opcode, written);
  if (!pair) return false;
  const rg_node other = outer->operands[1 - side];
  outer->opcode = pair;
  outer->operands[written == LEFT ? 2 : 0] = other;
  outer->operands[written == LEFT ? 0 : 1] = inner->operands[0];
  outer->operands[written == LEFT ? 1 : 2] = inner->operands[1];
  inner->uses = 0;
  return true;
}

static void select_pairs(compiler *c) {
  for (rg_node node = c->n_nodes; node-- > 0;) {
    instruction *self = &c->of[node];
    if (!self->uses || rg_opcode_arity(self->opcode) != 2) continue;
    if (!absorb(c, self, LEFT)) absorb(c, self, RIGHT);
  }
}

static void measure_depths(compiler *c) {
  for (rg_node node = 0; node < c->n_nodes; node++) {
    instruction *self = &c->of[node];
    if (!self->uses || is_leaf(self->opcode)) continue;
    for (size_t k = 0; k < rg_opcode_arity(self->opcode); k++) {
      const uint32_t below = c->of[self->operands[k]].depth;
      if (self->depth <= below) self->depth = below + 1;
    }
  }
}

typedef struct sort_key {
  uint32_t depth, opcode;
  rg_node node;
} sort_key;

static int by_depth_and_opcode(const void *left, const void *right) {
  const sort_key *a = left, *b = right;
  if (a->depth != b->depth) return a->depth < b->depth ? -1 : 1;
  if (a->opcode != b->opcode) return a->opcode < b->opcode ? -1 : 1;
  return a->node < b->node ? -1 : 1;
}

static void order_instructions(compiler *c) {
  sort_key *keys = RG_NEW_ARRAY(c->arena, sort_key, c->n_nodes);
  size_t count = 0;
  for (rg_node node = 0; node < c->n_nodes; node++) {
    const instruction *self = &c->of[node];
    if (self->uses && !is_leaf(self->opcode)) keys[count++] = (sort_key){self->depth, self->opcode, node};
  }
  qsort(keys, count, sizeof *keys, by_depth_and_opcode);
  c->order = RG_NEW_ARRAY(c->arena, rg_node, count);
  for (size_t k = 0; k < count; k++) c->order[k] = keys[k].node;
  c->program->n_instructions = count;
}

static void place_leaves(compiler *c) {
  RG_LIST(double) literals = {0};
  for (rg_node node = 0; node < c->n_nodes; node++) {
    instruction *self = &c->of[node];
    if (!self->uses) continue;
    if (self->opcode == RG_OP_SYMBOL) self->place = rg_node_symbol(c->graph, node);
    if (self->opcode != RG_OP_NUMBER) continue;
    self->place = c->program->n_inputs + (uint32_t)literals.count;
    RG_APPEND(c->arena, &literals, rg_node_number(c->graph, node));
  }
  c->program->literals = literals.items;
  c->program->n_literals = (uint32_t)literals.count;
}

static void place_results(compiler *c) {
  rg_program *program = c->program;
  program->n_registers = program->n_inputs + program->n_literals;
  for (size_t k = 0; k < program->n_instructions; k++) c->of[c->order[k]].place = program->n_registers++;
}

/* Instructions first .. end of the order, as a run. */
static rg_run emit_run(compiler *c, size_t first, size_t end) {
  const instruction *head = &c->of[c->order[first]];
  const size_t arity = rg_opcode_arity(head->opcode);
  uint32_t *operands = RG_NEW_ARRAY(c->arena, uint32_t, arity * (end - first)), *next = operands;
  for (size_t k = first; k < end; k++)
    for (size_t j = 0; j < arity; j++) *next++ = c->of[c->of[c->order[k]].operands[j]].place;
  return (rg_run){head->opcode, (uint32_t)(end - first), head->place, operands};
}

static bool in_one_run(const compiler *c, size_t k, size_t l) {
  const instruction *a = &c->of[c->order[k]], *b = &c->of[c->order[l]];
  return a->depth == b->depth && a->opcode == b->opcode;
}

static void emit(compiler *c) {
  rg_program *program = c->program;
  RG_LIST(rg_run) runs = {0};
  for (size_t first = 0, end; first < program->n_instructions; first = end) {
    for (end = first + 1; end < program->n_instructions && in_one_run(c, first, end);) end++;
    RG_APPEND(c->arena, &runs, emit_run(c, first, end));
  }
  program->runs = runs.items;
  program->n_runs = runs.count;
}

static void place_outputs(compiler *c, const rg_node *outputs, size_t n_outputs) {
  uint32_t *places = RG_NEW_ARRAY(c->arena, uint32_t, n_outputs);
  for (size_t k = 0; k < n_outputs; k++) places[k] = c->of[outputs[k]].place;
  c->program->outputs = places;
  c->program->n_outputs = n_outputs;
}

const rg_program *rg_program_compile(rg_arena *arena, const rg_graph *graph, const rg_node *outputs,
                                     size_t n_outputs, uint32_t n_inputs) {
  compiler c = {.arena = arena, .graph = graph, .n_nodes = rg_graph_size(graph)};
  c.program = RG_NEW(arena, rg_program);
  c.program->n_inputs = n_inputs;
  c.of = RG_NEW_ARRAY(arena, instruction, c.n_nodes);
  count_uses(&c, outputs, n_outputs);
  select_pairs(&c);
  measure_depths(&c);
  order_instructions(&c);
  place_leaves(&c);
  place_results(&c);
  emit(&c);
  place_outputs(&c, outputs, n_outputs);
  return c.program;
}
