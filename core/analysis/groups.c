/* groups.c — whom a state reaches, and who reaches it back. */
#include "analysis/groups.h"

#include <string.h>

typedef struct walk {
  size_t n;
  const bool *reads, *left_out;
  size_t *stack;
} walk;

static bool leads(const walk *w, size_t from, size_t to, bool backwards) {
  return !w->left_out[to] && (backwards ? w->reads[from + to * w->n] : w->reads[to + from * w->n]);
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
