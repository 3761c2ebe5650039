/* names.c — names to numbers by open addressing, and the nearest name by edit distance. */
#include "base/names.h"

#include <stdbool.h>
#include <string.h>

struct rg_names {
  rg_arena *arena;
  RG_LIST(const char *) texts;
  uint32_t *slots; /* number + 1; 0 is free */
  size_t n_slots;  /* a power of two, at least twice the count */
};

rg_names *rg_names_create(rg_arena *arena) {
  rg_names *names = RG_NEW(arena, rg_names);
  names->arena = arena;
  names->n_slots = 16;
  names->slots = RG_NEW_ARRAY(arena, uint32_t, names->n_slots);
  return names;
}

/* FNV-1a. */
static uint64_t digest(const char *text) {
  uint64_t hash = 14695981039346656037u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 1099511628211u;
  return hash;
}

/* The slot that holds the text, or the free one where it would go. */
static size_t slot_of(const rg_names *names, const char *text) {
  size_t slot = (size_t)digest(text) & (names->n_slots - 1);
  while (names->slots[slot] && strcmp(names->texts.items[names->slots[slot] - 1], text) != 0)
    slot = (slot + 1) & (names->n_slots - 1);
  return slot;
}

static void rehash(rg_names *names) {
  names->n_slots *= 2;
  names->slots = RG_NEW_ARRAY(names->arena, uint32_t, names->n_slots);
  for (size_t k = 0; k < names->texts.count; k++)
    names->slots[slot_of(names, names->texts.items[k])] = (uint32_t)k + 1;
}

uint32_t rg_names_add(rg_names *names, const char *text) {
  size_t slot = slot_of(names, text);
  if (names->slots[slot]) return names->slots[slot] - 1;
  if (2 * (names->texts.count + 1) > names->n_slots) {
    rehash(names);
    slot = slot_of(names, text);
  }
  RG_APPEND(names->arena, &names->texts, rg_arena_text(names->arena, text));
  names->slots[slot] = (uint32_t)names->texts.count;
  return (uint32_t)names->texts.count - 1;
}

uint32_t rg_names_find(const rg_names *names, const char *text) {
  const uint32_t found = names->slots[slot_of(names, text)];
  return found ? found - 1 : RG_NO_NAME;
}

const char *rg_names_text(const rg_names *names, uint32_t number) { return names->texts.items[number]; }
uint32_t rg_names_count(const rg_names *names) { return (uint32_t)names->texts.count; }

enum { LONGEST_COMPARED = 63 };

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Optimal string alignment: insertions, deletions, substitutions and transpositions of neighbours count one.
 */
static size_t edit_distance(const char *a, size_t la, const char *b, size_t lb) {
  size_t d[3][LONGEST_COMPARED + 2];
  size_t *before = d[0], *last = d[1], *row = d[2];
  for (size_t j = 0; j <= lb; j++) last[j] = j;
  for (size_t i = 1; i <= la; i++) {
    row[0] = i;
    for (size_t j = 1; j <= lb; j++) {
      row[j] = least(least(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] != b[j - 1]));
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = least(row[j], before[j - 2] + 1);
    }
    size_t *oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return last[lb];
}

static bool same_but_for_case(const char *a, const char *b) {
  while (*a && lower(*a) == lower(*b)) a++, b++;
  return *a == '\0' && *b == '\0';
}

/* How far a slip may go: farther is another word. Of one or two letters, any other is. */
static size_t farthest(size_t length) { return length < 3 ? 0 : length / 3 + 1; }

const char *rg_nearest(const char *text, const char *const *candidates, size_t count) {
  const size_t length = strlen(text);
  const char *nearest = NULL;
  size_t smallest = farthest(length) + 1;
  if (length > LONGEST_COMPARED) return NULL;
  for (size_t k = 0; k < count; k++) {
    const size_t other = strlen(candidates[k]);
    if (same_but_for_case(text, candidates[k])) return candidates[k];
    if (other > LONGEST_COMPARED) continue;
    const size_t distance = edit_distance(text, length, candidates[k], other);
    if (distance < smallest) {
      smallest = distance;
      nearest = candidates[k];
    }
  }
  return nearest;
}
