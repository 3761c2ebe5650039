/* declarations.h — a model file as it was written: typed, placed, not yet understood.
 *
 * read*.c turn libconfig's tree into these and are the only files that include libconfig.h. They check form:
 * unknown keys, wrong types, missing files and columns, numbers that are none. Whether a name exists, an
 * index fits or an equation is missing is for check.c and what follows. Texts live in the model's arena.
 */
#ifndef RG_DECLARATIONS_H
#define RG_DECLARATIONS_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include <regime/model.h>

/* A text from the file that holds equations or an expression, with the line it starts on. */
typedef struct rg_written {
  const char *text; /* NULL: absent */
  const char *file;
  int line;
} rg_written;

typedef struct rg_word {
  const char *text;
  rg_place place;
} rg_word;
typedef RG_LIST(rg_word) rg_words;

typedef struct rg_subset_decl {
  rg_word name;
  rg_words members;
} rg_subset_decl;

typedef struct rg_set_decl {
  rg_word name;
  rg_words members;
  rg_words letters; /* index letters, at least one */
  RG_LIST(rg_subset_decl) subsets;
} rg_set_decl;

/* One number for one name, member or pair: NAME = 1, NAME = { US = 1; }, NAME = { US = { GB = 1; }; }, or a
 * whole family NAME = 1 for a parameter over sets. */
typedef struct rg_assignment {
  rg_word name;
  rg_word member[2]; /* text NULL: none */
  double number;
  rg_written expression; /* events only: set = { v = "-0.9*v"; }; text NULL: the number counts */
} rg_assignment;
typedef RG_LIST(rg_assignment) rg_assignments;

static inline size_t rg_members_given(const rg_assignment *a) {
  return a->member[0].text ? (a->member[1].text ? 2 : 1) : 0;
}

/* Which members of a parameter a fit may move: all, all as one, or some. */
typedef struct rg_free_decl {
  bool is_free, is_shared;
  rg_words members;
  rg_place place;
} rg_free_decl;

typedef struct rg_parameter_decl {
  rg_word name;
  rg_words over;  /* 0, 1 or 2 set names */
  bool has_value; /* value, or default for a family */
  double value;
  /* A table's rows, then `values`: the later counts. Each has as many members as there are sets. */
  rg_assignments values;
  const char *about, *unit;
  bool has_bounds;
  double low, high;
  rg_free_decl free;
  regime_prior prior;
  regime_transform transform;
  rg_assignments std_errors; /* what a fit left behind */
} rg_parameter_decl;

typedef enum rg_interpolation { RG_LINEAR, RG_STEP, RG_SMOOTH } rg_interpolation;

typedef struct rg_path_decl {
  rg_word name;
  size_t n_points; /* at least 1; times strictly ascending */
  const double *time, *value;
  rg_interpolation interpolation;
  const char *about, *unit;
} rg_path_decl;

typedef struct rg_mode_decl {
  rg_word name;
  double value;
  const char *about;
} rg_mode_decl;

typedef struct rg_event_decl {
  rg_word name;
  rg_written when;
  regime_direction direction; /* default both */
  bool once, stop;            /* default false */
  const char *about;
  rg_assignments set;
} rg_event_decl;

typedef struct rg_overlay_decl {
  rg_word name;
  const char *about;
  rg_assignments set; /* names only, without members */
} rg_overlay_decl;

typedef struct rg_change_decl {
  double at; /* NAN after an error */
  rg_place place;
  rg_assignments set;
} rg_change_decl;

typedef struct rg_apply_decl {
  rg_word overlay, to;
} rg_apply_decl;

typedef struct rg_scenario_decl {
  rg_word name;
  const char *about;
  rg_word base; /* text NULL: the model as written */
  rg_assignments set;
  RG_LIST(rg_change_decl) changes;
  RG_LIST(rg_apply_decl) apply;
} rg_scenario_decl;

typedef struct rg_identity_decl {
  rg_word name;
  rg_written expression;
  double tolerance; /* default 1e-9 */
} rg_identity_decl;

/* A column of a matrix, or one for each member of a set: "households", "households[country]". */
typedef struct rg_sector_decl {
  rg_word name, over; /* over.text NULL: none is named; the name itself may be a set's */
} rg_sector_decl;

typedef struct rg_entry_decl {
  rg_word sector;
  rg_written expression;
} rg_entry_decl;

typedef struct rg_row_decl {
  rg_word name;
  regime_row_kind kind;
  RG_LIST(rg_entry_decl) entries;
} rg_row_decl;

typedef struct rg_matrix_decl {
  rg_word name;
  regime_matrix_kind kind;
  RG_LIST(rg_sector_decl) sectors;
  RG_LIST(rg_row_decl) rows;
  rg_identity_decl redundant; /* name.text NULL: none */
  double tolerance;           /* default 1e-9 */
} rg_matrix_decl;

typedef struct rg_phase_decl {
  rg_word name;
  rg_written when;
  const char *about;
} rg_phase_decl;

typedef struct rg_variable_decl {
  rg_word name;
  double low, high;
  bool has_bounds;
  const char *about, *unit; /* override label and unit of the equation */
} rg_variable_decl;

/* A series of a file, and what it is in the model. */
typedef struct rg_series_decl {
  rg_word name;
  rg_written expression;
  const char *kind; /* "": as the group says */
  double base, sd;  /* NAN when absent */
} rg_series_decl;

typedef struct rg_called_decl {
  rg_word member;
  const char *called; /* in the file */
} rg_called_decl;

typedef struct rg_observations_decl {
  rg_words files;     /* resolved beside the model */
  const char *layout; /* "": by its head */
  const char *kind;   /* "": means */
  double base;        /* NAN when absent */
  RG_LIST(rg_series_decl) series;
  RG_LIST(rg_called_decl) members;
} rg_observations_decl;

/* Two names for an equilibrium, told apart by the sign of a response: "du/dh". */
typedef struct rg_distinction_decl {
  rg_word name, response;
  rg_word negative, positive; /* what it is called below and above zero */
  const char *about;
} rg_distinction_decl;

/* A figure the model asks for: a script of plots/ and what it should draw. */
typedef struct rg_figure_decl {
  rg_word name, kind; /* kind: panel, groups, aggregates, plane, time, portrait, lines, branch */
  const char *title;
  rg_words variables; /* `variable` or `variables` */
  rg_word x, y;       /* plane, portrait, lines */
  rg_words members;   /* members or subsets; empty: all */
  rg_words groups;    /* groups: two subsets */
  rg_word parameter;  /* branch: what moves, */
  double from, to;    /*   from where to where (NAN: not given), */
  bool cycles;        /*   and whether the cycles born on the way are followed */
} rg_figure_decl;

typedef struct rg_declarations {
  const char *file; /* as given */
  const char *text; /* the whole file */
  rg_word name, time;
  const char *title, *source, *unit, *about;
  rg_word default_scenario;       /* model.scenario; text NULL: baseline */
  double from, to, output, limit; /* span; output 0 and limit 0 when absent */
  bool has_span;
  RG_LIST(rg_set_decl) sets;
  RG_LIST(rg_parameter_decl) parameters;
  RG_LIST(rg_path_decl) paths;
  RG_LIST(rg_mode_decl) modes;
  RG_LIST(rg_event_decl) events;
  RG_LIST(rg_overlay_decl) overlays;
  RG_LIST(rg_scenario_decl) scenarios;
  RG_LIST(rg_identity_decl) identities;
  RG_LIST(rg_matrix_decl) matrices;
  RG_LIST(rg_phase_decl) phases;
  double phases_min_length; /* 0 when absent */
  RG_LIST(rg_variable_decl) variables;
  RG_LIST(rg_distinction_decl) distinctions;
  RG_LIST(rg_figure_decl) figures;
  rg_written equations; /* `equations`: one text, or a list of texts joined in order */
  RG_LIST(rg_observations_decl) observations;
  RG_LIST(const char *) files; /* every file read or named, each once; the model's own first */
  const char **file_text;      /* theirs, to the byte */
} rg_declarations;

/* Reads a model file with everything it includes and names (tables, paths). Findings go to the context; *out
 * is filled as far as possible even then, so that later checks can add theirs. NO_FILE when the file itself
 * cannot be read, BAD_MODEL after any error, else OK. */
REGIME_MUST_CHECK regime_status rg_read_model(regime_context *context, rg_arena *arena, const char *file,
                                              rg_declarations *out);

#endif
