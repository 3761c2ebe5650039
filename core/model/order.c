/* order.c — strongly connected components, without recursion. */
#include "model/order.h"

typedef struct search {
  const rg_needs *needs;
  size_t *seen;           /* when an item was first met, from 1; 0: not yet */
  size_t *low;            /* the earliest open item it reaches */
  size_t *next;           /* how far its needs have been looked at */
  bool *is_open;          /* met, and its group not closed */
  size_t *path, n_path;   /* from the root to the item at hand */
  size_t *stack, n_stack; /* open items in the order they were met */
  size_t clock;
  size_t *start, *item, *position, n_groups, n_items;
  bool *is_loop;
} search;

static bool needs_itself(const rg_needs *needs, size_t k) {
  for (size_t j = needs->start[k]; j < needs->start[k + 1]; j++)
    if (needs->need[j] == k) return true;
  return false;
}

static void enter(search *s, size_t k) {
  s->seen[k] = s->low[k] = ++s->clock;
  s->next[k] = s->needs->start[k];
  s->is_open[k] = true;
  s->path[s->n_path++] = k;
  s->stack[s->n_stack++] = k;
}

/* The item reaches nothing earlier that is open: all met since belong together. */
static void close_group(search *s, size_t k) {
  size_t member, size = 0;
  do {
    member = s->stack[--s->n_stack];
    s->is_open[member] = false;
    s->position[member] = s->n_items;
    s->item[s->n_items++] = member;
    size++;
  } while (member != k);
  s->is_loop[s->n_groups++] = size > 1 || needs_itself(s->needs, k);
  s->start[s->n_groups] = s->n_items;
}

static void reach(search *s, size_t k, size_t earliest) {
  if (earliest < s->low[k]) s->low[k] = earliest;
}

static void leave(search *s, size_t k) {
  if (s->low[k] == s->seen[k]) close_group(s, k);
  s->n_path--;
  if (s->n_path > 0) reach(s, s->path[s->n_path - 1], s->low[k]);
}

static void visit_from(search *s, size_t root) {
  enter(s, root);
  while (s->n_path > 0) {
    const size_t k = s->path[s->n_path - 1];
    if (s->next[k] == s->needs->start[k + 1]) {
      leave(s, k);
      continue;
    }
    const size_t other = s->needs->need[s->next[k]++];
    if (!s->seen[other])
      enter(s, other);
    else if (s->is_open[other])
      reach(s, k, s->seen[other]);
  }
}

void rg_order_find(rg_arena *arena, const rg_needs *needs, rg_order *out) {
  const size_t n = needs->count;
  search s = {.needs = needs,
              .seen = RG_NEW_ARRAY(arena, size_t, n),
              .low = RG_NEW_ARRAY(arena, size_t, n),
              .next = RG_NEW_ARRAY(arena, size_t, n),
              .is_open = RG_NEW_ARRAY(arena, bool, n),
              .path = RG_NEW_ARRAY(arena, size_t, n),
              .stack = RG_NEW_ARRAY(arena, size_t, n),
              .start = RG_NEW_ARRAY(arena, size_t, n + 1),
              .item = RG_NEW_ARRAY(arena, size_t, n),
              .position = RG_NEW_ARRAY(arena, size_t, n),
              .is_loop = RG_NEW_ARRAY(arena, bool, n)};
  for (size_t k = 0; k < n; k++)
    if (!s.seen[k]) visit_from(&s, k);
  *out = (rg_order){
      .n_groups = s.n_groups, .start = s.start, .item = s.item, .position = s.position, .is_loop = s.is_loop};
}

/* --- circles ------------------------------------------------------------------------------------------- */

/* What an item needs within the group whose items stand at first .. first + size - 1. */
static size_t need_inside(const rg_needs *needs, const rg_order *order, size_t item, size_t first,
                          size_t size) {
  size_t j = needs->start[item];
  while (order->position[needs->need[j]] - first >= size) j++;
  return needs->need[j];
}

/* Walks inside the group, first need first, until it comes back to where it has been. */
size_t rg_order_circle(rg_arena *arena, const rg_needs *needs, const rg_order *order, size_t group,
                       const size_t **out) {
  const size_t first = order->start[group], size = order->start[group + 1] - first;
  size_t *step = RG_NEW_ARRAY(arena, size_t, size); /* when an item was passed, from 1 */
  size_t *walk = RG_NEW_ARRAY(arena, size_t, size), n = 0;
  size_t at = order->item[first + size - 1];
  while (!step[order->position[at] - first]) {
    walk[n++] = at;
    step[order->position[at] - first] = n;
    at = need_inside(needs, order, at, first, size);
  }
  const size_t begin = step[order->position[at] - first] - 1;
  *out = &walk[begin];
  return n - begin;
}
