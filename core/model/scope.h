/* scope.h — what every name of a model stands for.
 *
 * One table holds all names that an equation, a scenario or a set can use, so that a name means one thing in
 * the whole file and a clash is found when the second meaning is declared. Members of sets live in tables of
 * their own (sets.h): they stand in brackets only, and two sets may both have a `US`.
 */
#ifndef RG_SCOPE_H
#define RG_SCOPE_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/names.h"
#include "model/declarations.h"

/* kind, and how a sentence calls it */
#define RG_MEANING_LIST(X)                                                                                   \
  X(NOTHING, "nothing")                                                                                      \
  X(SET, "a set")                                                                                            \
  X(SUBSET, "a subset")                                                                                      \
  X(LETTER, "an index letter")                                                                               \
  X(PARAMETER, "a parameter")                                                                                \
  X(PATH, "a path")                                                                                          \
  X(MODE, "a mode")                                                                                          \
  X(VARIABLE, "a variable")                                                                                  \
  X(DEFINED, "a function")                                                                                   \
  X(BUILTIN, "a function of the language")                                                                   \
  X(TIME, "time")                                                                                            \
  X(PI, "the number pi")

typedef enum rg_meaning_kind {
#define RG_MEANING_ENUM(kind, text) RG_IS_##kind,
  RG_MEANING_LIST(RG_MEANING_ENUM)
#undef RG_MEANING_ENUM
} rg_meaning_kind;

const char *rg_meaning_text(rg_meaning_kind kind);

typedef struct rg_meaning {
  rg_meaning_kind kind;
  uint32_t number; /* among its kind: which parameter, which set */
  rg_place place;  /* where it was declared; line 0 for the language's own */
} rg_meaning;

typedef struct rg_scope {
  rg_arena *arena;
  rg_names *names;
  RG_LIST(rg_meaning) meanings; /* by number of the name */
} rg_scope;

/* A scope that knows `t`, `pi` and the language's functions. */
void rg_scope_open(rg_arena *arena, rg_scope *out);

/* Gives a name its meaning. False, with an error at the word, when it already has one or must not. */
bool rg_scope_declare(rg_scope *scope, regime_context *context, rg_word word, rg_meaning_kind kind,
                      size_t number);

/* What a name stands for; kind RG_IS_NOTHING when nobody declared it. */
rg_meaning rg_scope_find(const rg_scope *scope, const char *name);

/* What is called by name(...). It differs for `d`, which papers use for debt: a quantity may take that name,
 * and `d(x)` is a change all the same. */
rg_meaning rg_scope_find_called(const rg_scope *scope, const char *name);

/* A set of kinds, for rg_scope_suggest. */
#define RG_KIND(kind) (1u << RG_IS_##kind)
#define RG_KINDS_OF_VALUES                                                                                   \
  (RG_KIND(PARAMETER) | RG_KIND(PATH) | RG_KIND(MODE) | RG_KIND(VARIABLE) | RG_KIND(TIME) | RG_KIND(PI))
#define RG_KINDS_OF_FUNCTIONS (RG_KIND(DEFINED) | RG_KIND(BUILTIN))

/* "did you mean `x`?" among the names of these kinds, or `otherwise`. */
const char *rg_scope_suggest(const rg_scope *scope, const char *name, unsigned kinds, const char *otherwise,
                             char buffer[160]);

#endif
