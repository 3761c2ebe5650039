/* groups.c — whom a state reaches, and who reaches it back. */
#include "analysis/groups.h"

#include <string.h>

void rg_readers(rg_field *field, size_t count, const double *points, double *X, double *jacobian,
                bool *reads) {
  const regime_system *s = rg_field_system(field);
  const size_t n = s->n_states;
  for (size_t j = 0; s->jacobian && j < n; j++)
    for (size_t k = s->jacobian_column[j]; k < s->jacobian_column[j + 1]; k++)
      reads[s->jacobian_row[k] + j * n] = true;
  for (size_t p = 0; !s->jacobian && p < count; p++) {
    memcpy(X, points + p * n, n * sizeof *points);
    if (rg_field_jacobian(field, X, jacobian)) continue;
    for (size_t k = 0; k < n * n; k++) reads[k] |= jacobian[k] != 0.0;
  }
}

typedef struct walk {
  size_t n;
  const bool *reads, *left_out;
  size_t *stack;
} walk;

static bool leads(const walk *w, size_t from, size_t to, bool backwards) {
  return !(w->left_out && w->left_out[to]) &&
         (backwards ? w->reads[from + to * w->n] : w->reads[to + from * w->n]);
}

/* All states that `from` has an influence on, or that have one on it; itself too. */
static void reach(const walk *w, size_t from, bool backwards, bool *seen) {
  size_t n_stack = 1;
  memset(seen, 0, w->n * sizeof *seen);
  w->stack[0] = from;
  seen[from] = true;
  while (n_stack > 0) {
    const size_t here = w->stack[--n_stack];
    for (size_t to = 0; to < w->n; to++)
      if (!seen[to] && leads(w, here, to, backwards)) seen[w->stack[n_stack++] = to] = true;
  }
}

static bool all_come_back(size_t n, const bool *reached, const bool *reaching) {
  for (size_t i = 0; i < n; i++)
    if (reached[i] && !reaching[i]) return false;
  return true;
}

size_t rg_unread_groups(size_t n, const bool *reads, const bool *left_out, size_t *group, size_t *stack,
                        bool *seen) {
  const walk w = {n, reads, left_out, stack};
  size_t count = 0;
  memset(group, 0, n * sizeof *group);
  for (size_t i = 0; i < n; i++) {
    if (left_out[i] || group[i] > 0) continue;
    reach(&w, i, false, seen);
    reach(&w, i, true, seen + n);
    if (!all_come_back(n, seen, seen + n)) continue;
    count++;
    for (size_t j = 0; j < n; j++)
      if (seen[j]) group[j] = count;
  }
  return count;
}

void rg_those_that_move(size_t n, const bool *reads, size_t on, size_t *stack, bool *seen) {
  const walk w = {n, reads, NULL, stack};
  reach(&w, on, true, seen);
}
