/* parameters.h — everything a scenario may set: parameters, paths and modes, entry by entry.
 *
 * Entries are numbered as regime_model_parameter counts them: first all parameters, member by member, then
 * the paths, then the modes.
 */
#ifndef RG_PARAMETERS_H
#define RG_PARAMETERS_H

#include "model/sets.h"

typedef struct rg_parameters {
  size_t count;
  regime_parameter *entry;
  size_t n_families;
  rg_family *family; /* parameters as declared; family.first is an entry */
  size_t first_path, n_paths;
  size_t first_mode, n_modes;
} rg_parameters;

void rg_parameters_build(regime_context *context, const rg_declarations *declared, rg_scope *scope,
                         const rg_sets *sets, rg_parameters *out);

/* Which of a family's entries the members of a value name, counted within the family; RG_NO_PLACE, with an
 * error, when there is no such member. The value has as many members as the family has sets. */
#define RG_NO_PLACE SIZE_MAX
size_t rg_parameter_place(regime_context *context, const rg_sets *sets, const rg_family *family,
                          const rg_assignment *value);

/* One entry and what it becomes. */
typedef struct rg_setting {
  size_t entry;
  double value;
} rg_setting;
typedef RG_LIST(rg_setting) rg_settings;

typedef struct rg_assigner {
  regime_context *context;
  rg_arena *arena;
  const rg_scope *scope;
  const rg_sets *sets;
  const rg_parameters *parameters;
  bool within_bounds; /* a value outside its bounds is an error, not a warning */
} rg_assigner;

/* Understands NAME = 1, NAME = { US = 1; }, NAME = { US = { GB = 1; }; } and appends what it sets. False
 * after an error: no such name or member, not something to set. Bounds say where a search may go; a scenario
 * that leaves them may mean it, and is warned. */
bool rg_assign(const rg_assigner *assigner, const rg_assignment *assignment, rg_settings *out);

/* Reports that a value names more members than there are sets, or fewer. */
void rg_error_members(regime_context *context, rg_arena *arena, const rg_family *family,
                      const rg_assignment *assignment);

/* The parameters a name stands for, or NULL, with an error, when it stands for nothing that can be set. */
const rg_family *rg_assign_family(const rg_assigner *assigner, rg_word name, rg_family *room);
/* Whether a value may be given to an entry, called `name`: false, with an error, when its bounds forbid it.
 */
bool rg_assign_allows(const rg_assigner *assigner, rg_place place, const char *name, size_t entry,
                      double value);
/* Appends one entry. */
void rg_assign_entry(const rg_assigner *assigner, size_t entry, double value, rg_settings *out);

#endif
