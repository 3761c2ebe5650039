/* sets.h — sets, their members and subsets, and the letters that run over them. */
#ifndef RG_SETS_H
#define RG_SETS_H

#include "model/scope.h"
#include <regime/model.h>

#define RG_NO_MEMBER SIZE_MAX

typedef struct rg_subset {
  const char *name;
  size_t set, count;
  const size_t *member; /* ascending */
} rg_subset;

typedef struct rg_letter {
  const char *name;
  size_t set;
} rg_letter;

typedef struct rg_sets {
  size_t count;
  regime_set *set;         /* as the world sees them */
  rg_names **member_names; /* of each set */
  RG_LIST(rg_letter) letters;
  RG_LIST(rg_subset) subsets; /* of all sets */
} rg_sets;

void rg_sets_build(regime_context *context, const rg_declarations *declared, rg_scope *scope, rg_sets *out);

/* The number of a member, or RG_NO_MEMBER. */
size_t rg_set_member(const rg_sets *sets, size_t set, const char *name);
/* The first set that has such a member, or RG_NO_MEMBER. */
size_t rg_sets_with_member(const rg_sets *sets, const char *name);
bool rg_subset_holds(const rg_subset *subset, size_t member);

/* Reports that a set has no such member, with the nearest. */
void rg_error_no_member(regime_context *context, const rg_sets *sets, size_t set, rg_word word);

/* A named quantity: a scalar, one over a set, or one over two, whose entries are numbered one after the
 * other, the first index slowest. */
typedef struct rg_family {
  const char *name;
  size_t n_over, over[2];
  size_t first, count; /* its entries are first .. first + count - 1 of their kind */
} rg_family;

/* How many entries the sets of a family ask for. */
size_t rg_family_size(const rg_sets *sets, const rg_family *family);
/* The entry of these members, counted from the family's first; and back. */
size_t rg_family_offset(const rg_sets *sets, const rg_family *family, const size_t member[2]);
void rg_family_members(const rg_sets *sets, const rg_family *family, size_t offset, size_t member[2]);
/* The name of an entry: "rho", "Y[US]", "share[US,GB]". */
const char *rg_family_entry(rg_arena *arena, const rg_sets *sets, const rg_family *family, size_t offset);

/* Entries by name, for messages: "US, GB and 3 more". */
const char *rg_entry_names(rg_arena *arena, const rg_sets *sets, const rg_family *family, const bool *chosen);

/* "no index", "one index", "two indices". */
const char *rg_count_indices(size_t count);

#endif
