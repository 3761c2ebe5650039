/* names.h — a table of names: text to number, and the nearest known name to a misspelt one. */
#ifndef RG_NAMES_H
#define RG_NAMES_H

#include "base/arena.h"
#include <stdint.h>

typedef struct rg_names rg_names;
#define RG_NO_NAME UINT32_MAX

rg_names *rg_names_create(rg_arena *arena);

/* The number of a name, given in order of first appearance from 0. The text is copied. */
uint32_t rg_names_add(rg_names *names, const char *text);
/* Its number, or RG_NO_NAME. */
uint32_t rg_names_find(const rg_names *names, const char *text);
const char *rg_names_text(const rg_names *names, uint32_t number);
uint32_t rg_names_count(const rg_names *names);

/* The candidate nearest to `text` by edit distance (Damerau, transpositions count one), or NULL when none is
 * near enough to be meant: one that differs in case only is nearest; else ties go to the first. */
const char *rg_nearest(const char *text, const char *const *candidates, size_t count);

#endif
