/* Order and circles on random needs, judged by their own definition. */
#include "model/order.h"
#include "support/check.h"

enum { GRAPHS = 200, MOST = 40 };

static unsigned long long seed;
static unsigned draw(unsigned n) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(seed >> 33) % n;
}

typedef struct graph {
  size_t n, start[MOST + 1], need[MOST * MOST];
  bool reaches[MOST][MOST]; /* over one step or more */
} graph;

static void make(graph *g, unsigned number) {
  seed = number;
  *g = (graph){.n = 1 + draw(MOST)};
  const unsigned density = 1 + draw(4);
  size_t count = 0;
  for (size_t i = 0; i < g->n; i++) {
    for (size_t j = 0; j < g->n; j++)
      if (draw((unsigned)g->n) < density) {
        g->need[count++] = j;
        g->reaches[i][j] = true;
      }
    g->start[i + 1] = count;
  }
  for (size_t k = 0; k < g->n; k++)
    for (size_t i = 0; i < g->n; i++)
      for (size_t j = 0; j < g->n; j++) g->reaches[i][j] |= g->reaches[i][k] && g->reaches[k][j];
}

static bool needs(const graph *g, size_t a, size_t b) {
  for (size_t k = g->start[a]; k < g->start[a + 1]; k++)
    if (g->need[k] == b) return true;
  return false;
}

static void judge_circle(const graph *g, const size_t *circle, size_t n) {
  for (size_t k = 0; k < n; k++) {
    assert_true(needs(g, circle[k], circle[(k + 1) % n]));
    for (size_t j = 0; j < k; j++) assert_true(circle[j] != circle[k]);
  }
}

/* Groups are the classes of what reaches each other; what a group needs comes before it. */
static void judge(const graph *g, rg_arena *arena) {
  const rg_needs all = {.count = g->n, .start = g->start, .need = g->need};
  size_t group_of[MOST];
  rg_order order;
  rg_order_find(arena, &all, &order);
  assert_int_equal(order.start[order.n_groups], g->n);
  for (size_t k = 0; k < order.n_groups; k++)
    for (size_t j = order.start[k]; j < order.start[k + 1]; j++) {
      group_of[order.item[j]] = k;
      assert_int_equal(order.position[order.item[j]], j);
    }
  for (size_t i = 0; i < g->n; i++)
    for (size_t j = 0; j < g->n; j++) {
      if (i != j) assert_true((group_of[i] == group_of[j]) == (g->reaches[i][j] && g->reaches[j][i]));
      if (g->reaches[i][j]) assert_true(group_of[j] <= group_of[i]);
    }
  for (size_t k = 0; k < order.n_groups; k++) {
    const size_t first = order.item[order.start[k]];
    const size_t *circle = NULL;
    assert_true(order.is_loop[k] == g->reaches[first][first]);
    const size_t n = order.is_loop[k] ? rg_order_circle(arena, &all, &order, k, &circle) : 0;
    if (n) judge_circle(g, circle, n);
  }
}

static void random_needs_are_ordered(void **state) {
  (void)state;
  static graph g;
  for (unsigned number = 1; number <= GRAPHS; number++) {
    rg_arena *arena = rg_arena_create();
    make(&g, number);
    judge(&g, arena);
    rg_arena_free(arena);
  }
}

/* A chain as long as this would break a recursive search. */
static void a_long_chain_is_no_trouble(void **state) {
  (void)state;
  enum { LONG = 1000000 };
  rg_arena *arena = rg_arena_create();
  size_t *start = RG_NEW_ARRAY(arena, size_t, LONG + 1), *need = RG_NEW_ARRAY(arena, size_t, LONG);
  for (size_t k = 0; k < LONG; k++) {
    start[k + 1] = k + 1;
    need[k] = (k + 1) % LONG;
  }
  const rg_needs circle = {.count = LONG, .start = start, .need = need};
  rg_order order;
  rg_order_find(arena, &circle, &order);
  assert_int_equal(order.n_groups, 1);
  const size_t *items;
  assert_int_equal(rg_order_circle(arena, &circle, &order, 0, &items), LONG);
  rg_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_needs_are_ordered),
      cmocka_unit_test(a_long_chain_is_no_trouble),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
