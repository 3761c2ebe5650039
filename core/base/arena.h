/* arena.h — memory that is freed at once.
 *
 * A model's words (names, trees, graphs, programs) live as long as the model, so they are taken from its
 * arena and never freed singly. Allocation cannot fail for the caller: when memory is exhausted the arena
 * jumps to the point its owner has set with RG_ARENA_TRY, the way Lua does, and the owner frees the arena and
 * answers NO_MEMORY. Code between has no error branches to get wrong.
 *
 *   rg_arena *arena = rg_arena_create();                       // NULL: no memory
 *   if (RG_ARENA_TRY(arena)) { rg_arena_free(arena); return REGIME_NO_MEMORY; }
 *   char *name = rg_arena_text(arena, "wage");
 *
 * Locals changed after RG_ARENA_TRY and read in its branch must be volatile: keep such functions small.
 */
#ifndef RG_ARENA_H
#define RG_ARENA_H

#include <regime/status.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

typedef struct rg_arena rg_arena;

rg_arena *rg_arena_create(void);
void rg_arena_free(rg_arena *arena); /* takes NULL */
size_t rg_arena_bytes(const rg_arena *arena);

/* Has release(held) called when the arena is freed: for what a library allocated, which a jump would lose. */
void rg_arena_owns(rg_arena *arena, void (*release)(void *held), void *held);

jmp_buf *rg_arena_exhausted(rg_arena *arena);
#define RG_ARENA_TRY(arena) setjmp(*rg_arena_exhausted(arena))

/* Zeroed, aligned for anything, never NULL; size may be 0. */
void *rg_arena_take(rg_arena *arena, size_t count, size_t size);
#define RG_NEW(arena, type)              ((type *)rg_arena_take((arena), 1, sizeof(type)))
#define RG_NEW_ARRAY(arena, type, count) ((type *)rg_arena_take((arena), (count), sizeof(type)))

char *rg_arena_text(rg_arena *arena, const char *text);
char *rg_arena_text_n(rg_arena *arena, const char *text, size_t length);
REGIME_PRINTF(2, 3) char *rg_arena_printf(rg_arena *arena, const char *format, ...);

/* A growing array in an arena: struct { T *items; size_t count, capacity; }, zero-initialised. */
#define RG_LIST(type)                                                                                        \
  struct {                                                                                                   \
    type *items;                                                                                             \
    size_t count, capacity;                                                                                  \
  }
#define RG_APPEND(arena, list, item)                                                                         \
  do {                                                                                                       \
    if ((list)->count == (list)->capacity)                                                                   \
      (list)->items =                                                                                        \
          rg_arena_grow((arena), (list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items);    \
    (list)->items[(list)->count] = (item);                                                                   \
    (list)->count++;                                                                                         \
  } while (0)
void *rg_arena_grow(rg_arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#endif
