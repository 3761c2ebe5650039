/* model.h — models from text: load, look at, and turn into systems.
 *
 *   regime_model *model;
 *   if (regime_model_load(context, "goodwin.cfg", &model) != REGIME_OK) ...   // the diagnostics say where
 *   regime_instance *instance;
 *   if (regime_instance_create(context, model, "history", &instance) != REGIME_OK) ...
 *   if (regime_instance_set(context, instance, "involvement[SE]", 0.9) != REGIME_OK) ...
 *   regime_path *path;
 *   if (regime_path_compute(context, regime_instance_system(instance), &options, &path) != REGIME_OK) ...
 *
 * A loaded model is frozen and may be shared by threads. What changes in a run lives in an instance: one run
 * at a time may use it. study.h does all of the above in one call.
 */
#ifndef REGIME_MODEL_H
#define REGIME_MODEL_H

#include <regime/context.h>
#include <regime/system.h>
#include <stdint.h>

typedef struct regime_model regime_model;

/* Loads a model file. *out is yours; NULL on failure. NO_FILE, BAD_MODEL (every error of the file is in the
 * diagnostics, in one pass), NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_model_load(regime_context *context, const char *file,
                                                  regime_model **out);
void regime_model_free(regime_model *model); /* takes NULL */

/* What the file says of itself. Texts are borrowed; "" where nothing was said. */
typedef struct regime_model_info {
  const char *name, *title, *source, *about;
  const char *time; /* "continuous" or "discrete" */
  const char *unit; /* of time */
  const char *file, *text;
  const char *observations;     /* path of the first file of facts, or "" */
  const char *default_scenario; /* "baseline" unless the model names another */
  double from, to, output;      /* span; output 0 when not given */
  double step;                  /* of a period, discrete time: 1/4 where the unit is a quarter; else 0 */
  double limit;                 /* |y| beyond which a path has diverged; 0 when not given */
  double phases_min_length;
  size_t n_states, n_auxiliaries, n_constants; /* scalar, after expansion over sets */
  size_t n_switches, n_dates; /* roots; those that turn at a known date, or with a parameter or mode only */
  size_t n_nonzeros, n_nodes, n_instructions;
} regime_model_info;
const regime_model_info *regime_model_about(const regime_model *model);

/* Every file the model was read from, each once: itself, then what it includes and names (tables, paths,
 * observations). Paths as they were opened; borrowed. */
size_t regime_model_files(const regime_model *model);
const char *regime_model_file(const regime_model *model, size_t k);
/* Its text when the model was loaded, to the byte: the file may have changed since. Borrowed. */
const char *regime_model_file_text(const regime_model *model, size_t k);

/* Sets, in order of declaration. */
typedef struct regime_set {
  const char *name;
  size_t n_members;
  const char *const *member;
  size_t n_subsets;
  const char *const *subset;
  const size_t *subset_size;          /* members of each subset ... */
  const size_t *const *subset_member; /* ... as numbers into member */
} regime_set;
size_t regime_model_sets(const regime_model *model);
const regime_set *regime_model_set(const regime_model *model, size_t k);

/* Variables, in order of their equations. A variable over sets has one output a member (or pair, the first
 * index slowest). */
typedef enum regime_kind { REGIME_STATE, REGIME_AUXILIARY, REGIME_CONSTANT } regime_kind;
typedef struct regime_variable {
  const char *name, *label, *unit; /* "" where nothing was said */
  const char *equation;            /* as written */
  regime_kind kind;                /* a CONSTANT is an auxiliary that depends on parameters only */
  size_t n_over, over[2];          /* its sets */
  size_t output, n_outputs;        /* its place in the outputs of the instance's system */
  double low, high;                /* bounds; -INFINITY, INFINITY when none */
} regime_variable;
size_t regime_model_variables(const regime_model *model);
const regime_variable *regime_model_variable(const regime_model *model, size_t k);

/* What is believed of a parameter before the facts are seen. */
typedef enum regime_prior_kind {
  REGIME_PRIOR_NONE,
  REGIME_PRIOR_NORMAL,    /* mean `at`, standard deviation `sd` */
  REGIME_PRIOR_LOGNORMAL, /* median `at`, standard deviation of the logarithm `sd` */
  REGIME_PRIOR_BETA,      /* on the bounds, with mean `at` and standard deviation `sd` */
  REGIME_PRIOR_UNIFORM    /* on the bounds */
} regime_prior_kind;
typedef struct regime_prior {
  regime_prior_kind kind;
  double at, sd;
  const char *source; /* "" where nothing was said */
} regime_prior;

/* How a search moves a parameter: as it is, or by its logarithm. */
typedef enum regime_transform { REGIME_AS_IT_IS, REGIME_LOGARITHM } regime_transform;

/* Everything a scenario may set: parameters, paths, initial values of modes; with members one by one. */
typedef struct regime_parameter {
  const char *name; /* "rho", "involvement[SE]", "share[US,GB]" */
  const char *about, *unit;
  double value;     /* as written; for a path: at span.from */
  double low, high; /* bounds; -INFINITY, INFINITY when none */
  bool is_path, is_mode;
  /* Calibration: whether it is fitted when nobody says what is; the first of those that move as one with it
   * (itself, where it moves alone); what a fit left behind, NaN: nothing. */
  bool is_free;
  size_t leader;
  regime_prior prior;
  regime_transform transform;
  double std_error;
} regime_parameter;
size_t regime_model_parameters(const regime_model *model);
const regime_parameter *regime_model_parameter(const regime_model *model, size_t k);

typedef struct regime_scenario {
  const char *name, *about, *base; /* base "" when none */
} regime_scenario;
size_t regime_model_scenarios(const regime_model *model); /* without the implicit `baseline` */
const regime_scenario *regime_model_scenario(const regime_model *model, size_t k);

/* Identities and phases are recorded after the variables: identity k is output identity_output + k (its
 * value, zero when it holds), phase k is output phase_output + k (1 where its condition holds). */
typedef struct regime_identity {
  const char *name, *expression;
  double tolerance;
} regime_identity;
size_t regime_model_identities(const regime_model *model);
const regime_identity *regime_model_identity(const regime_model *model, size_t k);
size_t regime_model_phases(const regime_model *model);
const char *regime_model_phase(const regime_model *model, size_t k);
size_t regime_model_identity_output(const regime_model *model);
size_t regime_model_phase_output(const regime_model *model);

/* Simultaneous blocks: equations that need each other and are solved together, in the order of solving. */
typedef struct regime_model_block {
  size_t n;
  const char *const *unknown; /* names: "Y[US]", "w'" */
} regime_model_block;
size_t regime_model_blocks(const regime_model *model);
const regime_model_block *regime_model_block_at(const regime_model *model, size_t k);

/* A stock-flow matrix: items by sectors. A sector that is a set or a subset has a column for each member.
 * What stands in its cells is recorded after the phases: entry k is output matrix_output + k. */
typedef enum regime_matrix_kind { REGIME_FLOWS, REGIME_STOCKS } regime_matrix_kind;
typedef enum regime_row_kind {
  REGIME_ROW_FINANCIAL, /* sums to zero: one's claim is another's debt */
  REGIME_ROW_REAL,      /* a thing nobody owes: not summed up */
  REGIME_ROW_BALANCE    /* net worth with a minus, so that columns sum to zero */
} regime_row_kind;
#define REGIME_NO_ENTRY SIZE_MAX
typedef struct regime_matrix {
  const char *name;
  regime_matrix_kind kind;
  double tolerance; /* of the sums of rows and columns */
  size_t n_rows, n_sectors, n_columns;
  const char *const *row; /* names of items */
  const regime_row_kind *row_kind;
  const char *const *sector, *const *column; /* as written; with sets written out */
  const size_t *sector_of;                   /* each column's */
  const bool *is_many;                       /* whether a sector is a set or a subset */
  const char *const *expression;             /* [row * n_sectors + sector] as written; NULL: none */
  const size_t *entry;                       /* [row * n_columns + column], or REGIME_NO_ENTRY */
  bool columns_close;        /* whether columns must sum to zero; else they sum to net worth */
  regime_identity redundant; /* name NULL: none */
  size_t redundant_entry;
} regime_matrix;
size_t regime_model_matrices(const regime_model *model);
const regime_matrix *regime_model_matrix(const regime_model *model, size_t k);
size_t regime_model_matrix_output(const regime_model *model);
size_t regime_model_matrix_entries(const regime_model *model); /* of all matrices */

/* A matrix as books print it: in symbols (`entries` NULL), or in the numbers recorded at a point, from output
 * matrix_output on. *out is yours (free); NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_matrix_print(const regime_matrix *matrix, const double *entries,
                                                    char **out);

/* What was observed: files of facts, how they are laid out ("": by their head), what their series are in the
 * model, and how they call its members. A series with a free letter has one output for each member of its
 * set; a name that is not among the series stands for the variable of that name. */
#define REGIME_NO_SET SIZE_MAX
typedef struct regime_series {
  const char *name;         /* as the file calls it */
  const char *expression;   /* as written */
  const char *kind;         /* of its facts; "": as the group says */
  double base, sd;          /* the year that ratios are to, a standard deviation; NaN: not given */
  size_t set;               /* REGIME_NO_SET: it is without index */
  size_t output, n_outputs; /* its place in the outputs of the instance's system */
} regime_series;
typedef struct regime_observations {
  size_t n_files;
  const char *const *file;
  const char *layout, *kind; /* "" where nothing was said */
  double base;               /* NaN: not given */
  size_t n_series;
  const regime_series *series;
  size_t n_members;
  const char *const *member, *const *called; /* member k is called so in the files */
} regime_observations;
size_t regime_model_observations(const regime_model *model); /* groups of files */
const regime_observations *regime_model_observed(const regime_model *model, size_t k);
/* Their series are recorded last: the first output, and how many there are. */
size_t regime_model_series_output(const regime_model *model);
size_t regime_model_series_outputs(const regime_model *model);

/* Names of events, in the order of the system's. */
size_t regime_model_events(const regime_model *model);
const char *regime_model_event(const regime_model *model, size_t k);

/* A distinction of regimes: what an equilibrium is called, by the sign with which a variable answers there to
 * a parameter, or to a whole family of them moved together. */
typedef struct regime_distinction {
  const char *name, *about;
  const char *response;           /* "du/dh", "dworld/dgoal" */
  size_t output;                  /* of the variable */
  size_t parameter, n_parameters; /* those that move: the first, and how many */
  const char *negative, *positive;
} regime_distinction;
size_t regime_model_distinctions(const regime_model *model);
const regime_distinction *regime_model_distinction(const regime_model *model, size_t k);

/* A figure the model asks for; see docs/model-language.md, "Figures". Lists end with NULL. */
typedef struct regime_figure {
  const char *name, *kind, *title, *x, *y; /* "" where absent */
  const char *const *variables, *const *members, *const *groups;
  const char *parameter; /* branch: what moves, "" where absent, */
  double from, to;       /*   from where to where, */
  bool cycles;           /*   and whether cycles are followed */
} regime_figure;
size_t regime_model_figures(const regime_model *model);
const regime_figure *regime_model_figure(const regime_model *model, size_t k);

/* The model printed at one of its stages. *out is yours (free); NULL on failure. NO_MEMORY. */
typedef enum regime_view {
  REGIME_VIEW_TEXT,        /* sets, parameters, equations, scenarios as people read them */
  REGIME_VIEW_LATEX,       /* equations as an align environment */
  REGIME_VIEW_GRAPH,       /* who depends on whom, as Graphviz dot */
  REGIME_VIEW_EXPANDED,    /* scalar equations after expansion and simplification */
  REGIME_VIEW_DERIVATIVES, /* every partial derivative the Jacobian is made of */
  REGIME_VIEW_PROGRAM,     /* the straight-line program of the right-hand side */
  REGIME_VIEW_MATRIX       /* the stock-flow matrices in symbols */
} regime_view;
REGIME_MUST_CHECK regime_status regime_model_print(const regime_model *model, regime_view view, char **out);

typedef struct regime_instance regime_instance;

/* Makes a run's worth of the model under a scenario; NULL or "baseline" is the model as written. *out is
 * yours; NULL on failure. BAD_ARGUMENT (no such scenario, with the nearest name), NO_MEMORY. Model and
 * context must outlive the instance: a run that cannot start says so in this context. */
REGIME_MUST_CHECK regime_status regime_instance_create(regime_context *context, const regime_model *model,
                                                       const char *scenario, regime_instance **out);
void regime_instance_free(regime_instance *instance); /* takes NULL */

/* Sets a parameter, a path (to a constant) or a mode's first value, over what the scenario says: "rho",
 * "involvement[SE]", or "involvement" for all members. BAD_ARGUMENT (no such name or member, with the
 * nearest; outside its bounds). */
REGIME_MUST_CHECK regime_status regime_instance_set(regime_context *context, regime_instance *instance,
                                                    const char *name, double value);

/* The values in force at span.from, in the order of regime_model_parameter and as many. */
void regime_instance_parameters(const regime_instance *instance, double *out);

/* The system to integrate; borrowed, valid as long as the instance. */
regime_system *regime_instance_system(regime_instance *instance);

#endif
