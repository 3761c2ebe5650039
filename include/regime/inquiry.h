/* inquiry.h — a model asked where it rests and how that changes, by the names of the model, as tables.
 *
 *   regime_law law = REGIME_LAW_DEFAULTS;
 *   regime_inquiry *inquiry;
 *   if (regime_inquire_steady(context, model, &law, NULL, &inquiry) != REGIME_OK) ...
 *   for (size_t k = 0; k < regime_inquiry_tables(inquiry); k++) write(regime_inquiry_table(inquiry, k));
 *   regime_inquiry_free(inquiry);
 *
 * steady.h, branch.h and portrait.h answer for systems, which know numbers. Here the questions are put, and
 * the answers given, in the model's own names: states, parameters, scenarios, and the regimes it
 * distinguishes (`classify` in docs/model-language.md).
 *
 * The law is that of one instant: dates up to it have passed, modes are as they begin, and time stands still.
 */
#ifndef REGIME_INQUIRY_H
#define REGIME_INQUIRY_H

#include <math.h>
#include <regime/branch.h>
#include <regime/model.h>
#include <regime/portrait.h>
#include <regime/steady.h>
#include <regime/study.h>
#include <regime/table.h>

/* Where a search may go: a state by name ("u", "y[US]"), or all members of one ("y"). */
typedef struct regime_bound {
  const char *name;
  double low, high;
} regime_bound;

/* Under which law a question is asked, and within which box. A state without bounds, here or in the model, is
 * looked for within ten times its start, or ten, on both sides of zero; where equilibria are seen outside
 * such a box only, it is widened tenfold until one is inside, at most a million times. */
typedef struct regime_law {
  const char *scenario; /* NULL: the model's default */
  const regime_setting *settings;
  size_t n_settings;
  double at; /* NaN: the end of the model's span, when all dates have passed */
  const regime_bound *bounds;
  size_t n_bounds;
  size_t starts; /* of the search for equilibria; 0: see steady.h */
  unsigned seed;
} regime_law;

#define REGIME_LAW_DEFAULTS                                                                                  \
  ((regime_law){.scenario = NULL,                                                                            \
                .settings = NULL,                                                                            \
                .n_settings = 0,                                                                             \
                .at = NAN,                                                                                   \
                .bounds = NULL,                                                                              \
                .n_bounds = 0,                                                                               \
                .starts = 0,                                                                                 \
                .seed = 0})

typedef struct regime_inquiry regime_inquiry;
void regime_inquiry_free(regime_inquiry *inquiry); /* takes NULL */

/* ---- what all answers share ------------------------------------------------------------------------------
 */

const regime_model *regime_inquiry_model(const regime_inquiry *inquiry);
const char *regime_inquiry_scenario(const regime_inquiry *inquiry);
double regime_inquiry_at(const regime_inquiry *inquiry);                  /* the instant whose law holds */
double regime_inquiry_parameter(const regime_inquiry *inquiry, size_t k); /* in force at span.from */

/* The box that was searched, a side a state. */
typedef struct regime_side {
  const char *name; /* of the state: "u", in discrete time "Y(-1)" */
  double low, high;
  bool is_guess; /* neither the model nor the question says where the state lives */
} regime_side;
size_t regime_inquiry_sides(const regime_inquiry *inquiry); /* as many as states */
regime_side regime_inquiry_side(const regime_inquiry *inquiry, size_t k);

/* Outputs by name, as in study.h; `variables` of them are variables of the model, the first ones. */
long regime_inquiry_output(const regime_inquiry *inquiry, const char *name);
const char *regime_inquiry_output_name(const regime_inquiry *inquiry, size_t output);
size_t regime_inquiry_variables(const regime_inquiry *inquiry);

/* Every result as tables; see docs/output.md. Borrowed. */
size_t regime_inquiry_tables(const regime_inquiry *inquiry);
const regime_table *regime_inquiry_table(const regime_inquiry *inquiry, size_t k);
const regime_table *regime_inquiry_table_named(const regime_inquiry *inquiry, const char *name);

/* ---- equilibria ------------------------------------------------------------------------------------------
 */

typedef struct regime_steady_question {
  bool responses; /* to every parameter; else only to those by which the model distinguishes regimes */
  bool growth;    /* balanced growth instead of rest */
} regime_steady_question;

/* All equilibria in the box, or all paths of balanced growth. Tables `equilibria`, `eigenvalues`, `responses`
 * and `regimes` where they were asked for, `lines` where the model declares some; with `growth`: `growth`,
 * `rates` and `eigenvalues`. *out is yours; NULL on failure: those of regime_instance_create and of steady.h;
 * BAD_ARGUMENT for bounds of what is no state. `question` NULL: neither. Finding none is not a failure. The
 * model must outlive the inquiry. */
REGIME_MUST_CHECK regime_status regime_inquire_steady(regime_context *context, const regime_model *model,
                                                      const regime_law *law,
                                                      const regime_steady_question *question,
                                                      regime_inquiry **out);

const regime_steady *regime_inquiry_steady(const regime_inquiry *inquiry); /* NULL with `growth` */
const regime_growth *regime_inquiry_growth(const regime_inquiry *inquiry); /* NULL without */

/* d output / d parameter at equilibrium k; NaN when it was not asked for or the Jacobian is singular. */
double regime_inquiry_response(const regime_inquiry *inquiry, size_t k, size_t parameter, size_t output);

/* What equilibrium k is called by distinction d of the model: "wage-led demand"; "" where the response is
 * zero or has no value. *value, if not NULL, is the response. */
const char *regime_inquiry_regime(const regime_inquiry *inquiry, size_t k, size_t d, double *value);

/* A figure of the model of kind `lines` at equilibrium k: where y rests given x, and x given y, other states
 * being what they are there. The lines cross in the equilibrium; slopes are NaN where one has no line. */
typedef struct regime_lines {
  const regime_figure *figure;
  double x, y;
  double y_slope; /* dy/dx along the line on which y rests */
  double x_slope; /* dx/dy along the line on which x rests */
} regime_lines;
size_t regime_inquiry_figures(const regime_inquiry *inquiry); /* such figures; of each equilibrium as many */
regime_lines regime_inquiry_lines(const regime_inquiry *inquiry, size_t k, size_t figure);

/* ---- branches --------------------------------------------------------------------------------------------
 */

typedef struct regime_branch_question {
  const char *parameter;
  double from, to;
  const char *second; /* NULL: none; else curves of the points in both parameters */
  double second_from, second_to;
  bool cycles; /* follow the cycles born on the way */
} regime_branch_question;

/* The equilibria at `from`, followed to `to`. Tables `branches`, `points`, `eigenvalues`; `cycles` and
 * `multipliers`, `curves` where they were asked for. *out is yours; NULL on failure: those of branch.h;
 * BAD_ARGUMENT for a parameter that does not exist, a path or a mode. Without an equilibrium at `from` the
 * answer has no diagram and no tables. */
REGIME_MUST_CHECK regime_status regime_inquire_branch(regime_context *context, const regime_model *model,
                                                      const regime_law *law,
                                                      const regime_branch_question *question,
                                                      regime_inquiry **out);
const regime_diagram *regime_inquiry_diagram(const regime_inquiry *inquiry); /* NULL: there is none */
/* How many eigenvalues its points have, and multipliers its cycles: states that move for ever have none. */
size_t regime_inquiry_eigenvalues(const regime_inquiry *inquiry);
/* How many equilibria there are at the other end, where there is no diagram. */
size_t regime_inquiry_at_other_end(const regime_inquiry *inquiry);

/* What paths come to as a parameter moves, by brute force: regime_attractors_sweep of a state. */
typedef struct regime_attractor_question {
  const char *parameter;
  double from, to;
  size_t values;     /* of the parameter; 0: see portrait.h */
  const char *state; /* NULL: the first */
} regime_attractor_question;

/* Table `attractors`: the parameter, and the state as the path comes back to it. Failures as above. */
REGIME_MUST_CHECK regime_status regime_inquire_attractors(regime_context *context, const regime_model *model,
                                                          const regime_law *law,
                                                          const regime_attractor_question *question,
                                                          regime_inquiry **out);
const regime_sweep *regime_inquiry_sweep(const regime_inquiry *inquiry); /* NULL: not asked */

/* ---- portraits -------------------------------------------------------------------------------------------
 */

typedef struct regime_portrait_question {
  const char *x, *y;          /* states; both NULL: the only two */
  const regime_setting *held; /* where other states are held; else where the system starts */
  size_t n_held;
  bool quasi;          /* others are solved for instead: where they rest, given x and y */
  const double *start; /* n_starts * 2: trajectories from x, y */
  size_t n_starts;
  size_t basins; /* starts a side of a grid whose fates are found; 0: none */
} regime_portrait_question;

/* Tables `equilibria` and `eigenvalues` as above, `field`, `nullclines`, `manifolds`, `trajectories`,
 * `orbits` (cycles), and `basins` and `basin_attractors` where they were asked for. *out is yours; NULL on
 * failure: those of portrait.h; BAD_ARGUMENT for an axis that is no state, or the same twice. */
REGIME_MUST_CHECK regime_status regime_inquire_portrait(regime_context *context, const regime_model *model,
                                                        const regime_law *law,
                                                        const regime_portrait_question *question,
                                                        regime_inquiry **out);
const regime_portrait *regime_inquiry_portrait(const regime_inquiry *inquiry); /* NULL: not asked */
const regime_basins *regime_inquiry_basins(const regime_inquiry *inquiry);     /* NULL: not asked */

#endif
