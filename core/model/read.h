/* read.h — what the files that read a model share: the reader, tables of keys, typed values.
 *
 * A group of the file is described by a table of its keys: the name, the function that reads the value, where
 * it goes. Whatever is wrong is reported and reading goes on, so that one pass finds everything; a value that
 * is wrong is left as it was. Only read*.c include this header and, with it, libconfig.
 */
#ifndef RG_READ_H
#define RG_READ_H

#include "model/declarations.h"
#include "model/read_source.h"
#include <libconfig.h>

typedef struct rg_reader {
  regime_context *context;
  rg_arena *arena;
  rg_source source;
  RG_LIST(struct rg_table *) tables; /* each file is read once */
} rg_reader;

/* Reads the value of a setting into `into`, whose type is the function's affair. */
typedef void rg_read(rg_reader *reader, const config_setting_t *setting, void *into);

typedef struct rg_key {
  const char *name;
  rg_read *read;
  size_t offset;      /* of the destination in what the table describes */
  const char *needed; /* NULL: may be left out; else how to write it */
} rg_key;

typedef struct rg_keys {
  const char *of; /* "an event" */
  const rg_key *key;
  size_t count;
} rg_keys;
#define RG_KEYS(of, table) ((rg_keys){(of), (table), sizeof(table) / sizeof *(table)})

/* --- read_setting.c ------------------------------------------------------------------------------------ */

/* Finds the place of every setting; to be called once, before all others. */
void rg_read_places(rg_reader *reader, config_setting_t *root);
rg_place rg_place_of(const config_setting_t *setting);    /* of its name; of its value where it has none */
rg_place rg_place_value(const config_setting_t *setting); /* of its value */
rg_word rg_word_of(const config_setting_t *setting);      /* its name, placed */

/* How a setting is called in a sentence: "`rho`", "an entry of `points`". */
const char *rg_label(rg_reader *reader, const config_setting_t *setting);
/* Reports "`rho` must be WANTED, and is a text". */
void rg_wrong_type(rg_reader *reader, const config_setting_t *setting, const char *wanted,
                   const char *remedy);

bool rg_is_name(const char *text); /* a letter or `_`, then letters, digits and `_` */
/* Is this a name that an equation can use? Reports it when not. */
bool rg_check_name(rg_reader *reader, rg_word word);
/* Reports every word that equals an earlier one: "`US` stands twice in MEANING". */
void rg_check_twice(rg_reader *reader, const rg_words *words, const char *meaning);

/* The values of a group by its table of keys; unknown and missing keys are reported. */
void rg_read_keys(rg_reader *reader, const config_setting_t *group, rg_keys keys, void *into);
/* Has the group this key, if only misspelt, which is reported already? */
bool rg_has_key(rg_reader *reader, const config_setting_t *group, rg_keys keys, const char *name);
/* Reports a key of the group whose brackets hold nothing. */
void rg_refuse_empty(rg_reader *reader, const config_setting_t *group, const char *key);
/* Hands each setting of a group { NAME = ...; } to `read`, where the name is one. */
void rg_read_group(rg_reader *reader, const config_setting_t *group, rg_read *read, void *into);
/* Hands each group of a list ( { ... }, { ... } ) to `read`. No two may have the same `name`. */
void rg_read_list(rg_reader *reader, const config_setting_t *list, rg_read *read, void *into);

rg_read rg_read_text;     /* const char * */
rg_read rg_read_word;     /* rg_word; not empty */
rg_read rg_read_words;    /* rg_words, from one text or several in [ ] or ( ) */
rg_read rg_read_names;    /* rg_words, each a name */
rg_read rg_read_number;   /* double */
rg_read rg_read_positive; /* double > 0 */
rg_read rg_read_truth;    /* bool */
rg_read rg_read_written;  /* rg_written */

/* Two numbers in [ ] or ( ). False after an error. */
bool rg_read_pair(rg_reader *reader, const config_setting_t *setting, const char *wanted, double pair[2]);
/* bounds = [low, high] with low < high. */
bool rg_read_bounds(rg_reader *reader, const config_setting_t *setting, double *low, double *high);
/* Which of the choices a text is; `otherwise` after an error. */
size_t rg_read_choice(rg_reader *reader, const config_setting_t *setting, const char *const *choices,
                      size_t count, size_t otherwise);

/* --- read_table.c -------------------------------------------------------------------------------------- */

typedef struct rg_table {
  const char *file;         /* resolved beside the file that names it */
  const struct rg_csv *csv; /* NULL: it could not be read, and that was reported */
} rg_table;

/* The table of a file named in the model. */
const rg_table *rg_table_read(rg_reader *reader, rg_word file);
/* The number of the column of that name; -1 after an error. */
long rg_table_column(rg_reader *reader, const rg_table *table, rg_word name);
/* The number in a cell. False after an error. */
bool rg_table_number(rg_reader *reader, const rg_table *table, size_t row, long column, double *out);
rg_place rg_table_place(const rg_table *table, size_t row);

/* --- read_calibration.c -------------------------------------------------------------------------------- */

rg_read rg_read_free;      /* rg_free_decl */
rg_read rg_read_prior;     /* regime_prior */
rg_read rg_read_transform; /* regime_transform */

/* --- the groups of a model ----------------------------------------------------------------------------- */

/* Values of names, members and pairs, into rg_assignments. */
rg_read rg_read_values_by_member; /* numbers */
rg_read rg_read_values_of_names;  /* numbers, no members: an overlay */
rg_read rg_read_values_at_event;  /* numbers or expressions */
/* The value of one name, a number or by member. */
void rg_read_value_of(rg_reader *reader, const config_setting_t *setting, rg_word name, rg_assignments *into);
/* The values of one name by member: { US = 0.1; } or { US = { GB = 0.1; }; }. */
void rg_read_members(rg_reader *reader, const config_setting_t *group, rg_word name, rg_assignments *into);

/* Each reads one top-level group into rg_declarations. */
rg_read rg_read_sets, rg_read_parameters, rg_read_paths, rg_read_modes, rg_read_variables;
rg_read rg_read_events, rg_read_overlays, rg_read_scenarios;
rg_read rg_read_identities, rg_read_matrices, rg_read_phases, rg_read_distinctions, rg_read_figures;
rg_read rg_read_observations;

#endif
