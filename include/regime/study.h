/* study.h — a model, a scenario, a path, and what can be read off it, as tables.
 *
 *   regime_run_options options = REGIME_RUN_DEFAULTS;
 *   options.scenario = "history";
 *   regime_run *run;
 *   if (regime_run_compute(context, model, &options, &run) != REGIME_OK) ...
 *   for (size_t k = 0; k < regime_run_tables(run); k++) write(regime_run_table(run, k));
 *   regime_run_free(run);
 */
#ifndef REGIME_STUDY_H
#define REGIME_STUDY_H

#include <math.h>
#include <regime/model.h>
#include <regime/path.h>
#include <regime/table.h>

typedef struct regime_setting {
  const char *name; /* "rho", "involvement[SE]" */
  double value;
} regime_setting;

typedef struct regime_run_options {
  const char *scenario; /* NULL: the model's default */
  const regime_setting *settings;
  size_t n_settings;
  double from, to, every; /* NaN: the model's span */
  double rtol, atol;      /* NaN: the defaults of path.h */
  regime_method method;
  regime_linear linear;
  double step; /* > 0: a flow is followed as a map, its twin; see path.h */
  regime_rule rule;
  regime_watch watch; /* told of every recorded point as it comes; NULL: nobody watches */
  void *watcher;
} regime_run_options;

#define REGIME_RUN_DEFAULTS                                                                                  \
  ((regime_run_options){.scenario = NULL,                                                                    \
                        .settings = NULL,                                                                    \
                        .n_settings = 0,                                                                     \
                        .from = NAN,                                                                         \
                        .to = NAN,                                                                           \
                        .every = NAN,                                                                        \
                        .rtol = NAN,                                                                         \
                        .atol = NAN,                                                                         \
                        .method = REGIME_BDF,                                                                \
                        .linear = REGIME_LINEAR_AUTO,                                                        \
                        .step = 0.0,                                                                         \
                        .rule = REGIME_EULER,                                                                \
                        .watch = NULL,                                                                       \
                        .watcher = NULL})

typedef struct regime_run regime_run;

/* One path of a model under a scenario. *out is yours; NULL on failure. Failures of path.h and of
 * regime_instance_create; BAD_MODEL when the table of facts is wrong; an identity that breaks is not a
 * failure of the call (see `holds`). The model must outlive the run. */
REGIME_MUST_CHECK regime_status regime_run_compute(regime_context *context, const regime_model *model,
                                                   const regime_run_options *options, regime_run **out);
void regime_run_free(regime_run *run); /* takes NULL */

const regime_model *regime_run_model(const regime_run *run);
const char *regime_run_scenario(const regime_run *run);
const regime_path *regime_run_path(const regime_run *run);
const regime_path_options *regime_run_path_options(const regime_run *run);
double regime_run_parameter(const regime_run *run, size_t k); /* in the order of regime_model_parameter */

typedef struct regime_identity_check {
  const char *name;
  double worst, time; /* the largest |value| along the path, and when */
  bool holds;         /* worst <= tolerance; a value that is not a number does not hold */
} regime_identity_check;
size_t regime_run_identities(const regime_run *run);
regime_identity_check regime_run_identity(const regime_run *run, size_t k);
bool regime_run_identities_hold(const regime_run *run);

/* The sums of the model's matrices that must be zero, matrix by matrix: rows, columns, then the redundant
 * equation, which is no sum but follows from them. */
typedef enum regime_matrix_line {
  REGIME_LINE_ROW,
  REGIME_LINE_COLUMN,
  REGIME_LINE_REDUNDANT
} regime_matrix_line;
const char *regime_matrix_line_text(regime_matrix_line line); /* "row" */
typedef struct regime_matrix_check {
  const char *matrix;
  regime_matrix_line line;
  const char *name;
  double worst, time; /* the sum farthest from zero along the path, with its sign, and when */
  double since;       /* when it first went beyond the tolerance; NaN: never */
  double tolerance;
  bool holds; /* a value that is not a number does not hold */
} regime_matrix_check;
size_t regime_run_matrix_checks(const regime_run *run);
regime_matrix_check regime_run_matrix_check(const regime_run *run, size_t k);
bool regime_run_matrices_hold(const regime_run *run);

/* Where rows and columns do not hold. A cell that is wrong puts its row and its column off by the same amount
 * and is named by both; else one of the two is "". */
typedef struct regime_leak {
  const char *matrix, *row, *column;
  double amount, time, since; /* as those of the row, or of the column alone */
} regime_leak;
size_t regime_run_leaks(const regime_run *run);
regime_leak regime_run_leak(const regime_run *run, size_t k);

/* Phases in order of time: the first whose condition holds wins; one shorter than the model's
 * phases_min_length is merged into its longer neighbour. Stretches where none holds are no phase. A boundary
 * is the first recorded point at which the new phase is found. */
typedef struct regime_phase {
  const char *name;
  double from, to;
} regime_phase;
size_t regime_run_phases(const regime_run *run);
regime_phase regime_run_phase(const regime_run *run, size_t k);

typedef struct regime_event_time {
  const char *name;
  double time;
} regime_event_time;
size_t regime_run_events(const regime_run *run);
regime_event_time regime_run_event(const regime_run *run, size_t k);

/* The number of the output named "u" or "Y[US]" or "share[US,GB]"; -1 when there is none. */
long regime_run_output(const regime_run *run, const char *name);
/* Its name, in the order of the outputs; borrowed from the run. */
const char *regime_run_output_name(const regime_run *run, size_t output);

/* Mean of an output over [from, to), by the trapezium rule on the recorded points with linear interpolation
 * at the ends; from == to: the value at that instant. NaN when the path does not cover it. */
double regime_run_mean(const regime_run *run, size_t output, double from, double to);

/* The result as tables: `scalars`, one a set (`country`), one a pair of sets (`country_country`, whose second
 * key is `country_2`), `events`, `phases`, `identities`, `matrices` where the model declares some. Borrowed.
 * Tables without columns of values are left out.
 *
 * A path that ended without solution adds `last-iterate`: the unknowns where the search ended, and what their
 * equations are off by.
 *
 * A model that names observations gets two more. `facts`: variable, member, kind, from, to, fact, sd,
 * model, difference; the model's answer is its mean over [from, to), or what else the kind of the fact asks
 * for. `fit`: a row a variable (or "growth of Y", for facts of other kinds) with n, the root mean square of
 * the differences (rms), and the same when each member's mean difference is taken out (rms_about_mean): the
 * measure for levels that are conventional, such as a wage share. Facts outside the path do not count. */
size_t regime_run_tables(const regime_run *run);
const regime_table *regime_run_table(const regime_run *run, size_t k);
const regime_table *regime_run_table_named(const regime_run *run, const char *name); /* NULL: there is none */

/* Looks at what loading leaves: makes an instance of every scenario and reads the facts. BAD_MODEL when
 * anything is wrong; the diagnostics say what, all of it. NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_study_check(regime_context *context, const regime_model *model);

#endif
