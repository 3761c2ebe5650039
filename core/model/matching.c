/* matching.c — augmenting paths, breadth first. */
#include "model/matching.h"

#include <stdint.h>
#include <string.h>

typedef struct matcher {
  size_t n;
  const size_t *start, *column; /* columns of each row */
  size_t *row_of, *column_of;   /* the partner of each column and row; n: none */
  size_t *from;                 /* the row from which a column was reached */
  bool *row_seen, *column_seen;
  size_t *queue;
} matcher;

/* The pattern by rows. */
static void turn_pattern(rg_arena *arena, const regime_block *block, matcher *m) {
  const size_t n = block->n, n_nonzeros = block->column[n];
  size_t *start = RG_NEW_ARRAY(arena, size_t, n + 2), *column = RG_NEW_ARRAY(arena, size_t, n_nonzeros);
  for (size_t k = 0; k < n_nonzeros; k++) start[block->row[k] + 2]++;
  for (size_t i = 0; i < n; i++) start[i + 2] += start[i + 1];
  for (size_t j = 0; j < n; j++)
    for (size_t k = block->column[j]; k < block->column[j + 1]; k++) column[start[block->row[k] + 1]++] = j;
  m->start = start;
  m->column = column;
}

static matcher make(rg_arena *arena, const regime_block *block) {
  const size_t n = block->n;
  matcher m = {.n = n,
               .row_of = RG_NEW_ARRAY(arena, size_t, n),
               .column_of = RG_NEW_ARRAY(arena, size_t, n),
               .from = RG_NEW_ARRAY(arena, size_t, n),
               .row_seen = RG_NEW_ARRAY(arena, bool, n),
               .column_seen = RG_NEW_ARRAY(arena, bool, n),
               .queue = RG_NEW_ARRAY(arena, size_t, n)};
  for (size_t k = 0; k < n; k++) m.row_of[k] = m.column_of[k] = n;
  turn_pattern(arena, block, &m);
  return m;
}

/* Almost always an equation has the unknown on its left side. */
static void match_diagonal(matcher *m) {
  for (size_t i = 0; i < m->n; i++)
    for (size_t k = m->start[i]; k < m->start[i + 1]; k++)
      if (m->column[k] == i) m->row_of[i] = m->column_of[i] = i;
}

/* Exchanges partners along the path by which a free column was reached. */
static void augment(matcher *m, size_t column) {
  while (column != m->n) {
    const size_t row = m->from[column], given_up = m->column_of[row];
    m->row_of[column] = row;
    m->column_of[row] = column;
    column = given_up;
  }
}

static bool find_partner(matcher *m, size_t root) {
  size_t head = 0, tail = 0;
  memset(m->row_seen, 0, m->n);
  memset(m->column_seen, 0, m->n);
  m->row_seen[root] = true;
  m->queue[tail++] = root;
  while (head < tail) {
    const size_t row = m->queue[head++];
    for (size_t k = m->start[row]; k < m->start[row + 1]; k++) {
      const size_t column = m->column[k];
      if (m->column_seen[column]) continue;
      m->column_seen[column] = true;
      m->from[column] = row;
      if (m->row_of[column] == m->n) {
        augment(m, column);
        return true;
      }
      m->row_seen[m->row_of[column]] = true;
      m->queue[tail++] = m->row_of[column];
    }
  }
  return false;
}

bool rg_match(rg_arena *arena, const regime_block *block, rg_matching *out) {
  matcher m = make(arena, block);
  match_diagonal(&m);
  for (size_t i = 0; i < m.n; i++) {
    if (m.column_of[i] != m.n || find_partner(&m, i)) continue;
    *out = (rg_matching){.unmatched = i, .rows = m.row_seen, .columns = m.column_seen};
    return false;
  }
  return true;
}
