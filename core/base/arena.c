/* arena.c — memory in chunks, handed out by moving a mark and freed all at once. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

typedef struct chunk {
  struct chunk *older;
  size_t size, used;
  max_align_t bytes[];
} chunk;

typedef struct owned {
  struct owned *older;
  void (*release)(void *held);
  void *held;
} owned;

struct rg_arena {
  chunk *newest;
  owned *guests;
  size_t total;
  jmp_buf exhausted;
};

rg_arena *rg_arena_create(void) { return calloc(1, sizeof(rg_arena)); }

void rg_arena_free(rg_arena *arena) {
  if (!arena) return;
  for (owned *guest = arena->guests; guest; guest = guest->older) guest->release(guest->held);
  for (chunk *c = arena->newest; c;) {
    chunk *older = c->older;
    free(c);
    c = older;
  }
  free(arena);
}

size_t rg_arena_bytes(const rg_arena *arena) { return arena->total; }
jmp_buf *rg_arena_exhausted(rg_arena *arena) { return &arena->exhausted; }

/* Chunks double up to a limit, so that a small model costs little and a large one few calls. */
static chunk *add_chunk(rg_arena *arena, size_t need) {
  size_t size = arena->newest ? 2 * arena->newest->size : FIRST_CHUNK;
  if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
  if (size < need) size = need;
  chunk *c = size <= SIZE_MAX - sizeof(chunk) ? calloc(1, sizeof(chunk) + size) : NULL;
  if (!c) return NULL;
  c->size = size;
  c->older = arena->newest;
  arena->newest = c;
  arena->total += size;
  return c;
}

static void *try_take(rg_arena *arena, size_t count, size_t size) {
  const size_t unit = sizeof(max_align_t);
  if (size && count > (SIZE_MAX - unit) / size) return NULL;
  const size_t need = (count * size + unit - 1) / unit * unit;
  chunk *c = arena->newest;
  if (!c || c->size - c->used < need) c = add_chunk(arena, need);
  if (!c) return NULL;
  void *taken = (char *)c->bytes + c->used;
  c->used += need;
  return taken;
}

void *rg_arena_take(rg_arena *arena, size_t count, size_t size) {
  void *taken = try_take(arena, count, size);
  if (!taken) longjmp(arena->exhausted, 1);
  return taken;
}

/* On exhaustion the guest is released at once, as it has no owner yet. */
void rg_arena_owns(rg_arena *arena, void (*release)(void *held), void *held) {
  owned *guest = try_take(arena, 1, sizeof *guest);
  if (!guest) {
    release(held);
    longjmp(arena->exhausted, 1);
  }
  *guest = (owned){arena->guests, release, held};
  arena->guests = guest;
}

char *rg_arena_text_n(rg_arena *arena, const char *text, size_t length) {
  char *copy = rg_arena_take(arena, length + 1, 1);
  memcpy(copy, text, length);
  return copy;
}

char *rg_arena_text(rg_arena *arena, const char *text) { return rg_arena_text_n(arena, text, strlen(text)); }

char *rg_arena_printf(rg_arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) return rg_arena_text(arena, "");
  char *text = rg_arena_take(arena, (size_t)length + 1, 1);
  va_start(arguments, format);
  vsnprintf(text, (size_t)length + 1, format, arguments);
  va_end(arguments);
  return text;
}

void *rg_arena_grow(rg_arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
  const size_t larger = *capacity ? 2 * *capacity : 8;
  void *grown = rg_arena_take(arena, larger, size);
  if (count) memcpy(grown, items, count * size);
  *capacity = larger;
  return grown;
}
