/* influence.h — who moves what: parameters ranked by what they do to what a path shows.
 *
 *   regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
 *   q.of = "u, mean(v, 1974, 1980), date(crash)";
 *   regime_influence *answer;
 *   if (regime_influence_compute(context, model, &q, &answer) != REGIME_OK) ...
 *   for (size_t k = 0; k < regime_influence_tables(answer); k++) write(regime_influence_table(answer, k));
 *   regime_influence_free(answer);
 *
 * REGIME_LOCAL: elasticities, from the exact derivatives of one path (sensitivity.h). REGIME_MORRIS:
 * elementary effects over the whole of what parameters may be (Morris 1991; Campolongo, Cariboni and Saltelli
 * 2007). REGIME_SOBOL: shares of the variance (Saltelli et al. 2010; Jansen 1999), with bootstrap intervals.
 * docs/method/global-sensitivity.md has the mathematics.
 *
 * A run counts when it reaches its end or is stopped by an event. The others - that diverge, leave their
 * domain, have no solution, do not start - are listed in the table `lost`, and left out: an elementary effect
 * with either of its ends, a Sobol point of a factor with any of its three runs. So is a run for a number it
 * has not, as the date of an event that did not happen. The answer then speaks of the part of the box in
 * which the model has paths.
 *
 * The same question has the same answer, bit for bit, for any number of threads.
 */
#ifndef REGIME_INFLUENCE_H
#define REGIME_INFLUENCE_H

#include <regime/study.h>

typedef enum regime_influence_kind { REGIME_LOCAL, REGIME_MORRIS, REGIME_SOBOL } regime_influence_kind;

/* A parameter, or with the name of a family all its members; between low and high, NaN: its own prior, else
 * its own bounds. */
typedef struct regime_varied {
  const char *name;
  double low, high;
} regime_varied;

/* Told how far it is, from 0 to 1; of several threads one at a time. */
typedef void (*regime_influence_watch)(void *watcher, double part);

typedef struct regime_influence_question {
  regime_run_options run; /* scenario, settings, span, tolerances; its watch is not used */
  regime_influence_kind kind;
  const char *of; /* "u, Y[US], at(u, 1973), mean(v, 1974, 1980), max(u), date(crash)"; a variable alone: at
                     the end. NULL: every variable without index at the end, and the date of every event */
  const regime_varied
      *varied; /* none: every parameter there is; if drawn, every one with bounds or a prior */
  size_t n_varied;
  size_t n;         /* trajectories, or points; 0: 20 trajectories, 1024 points */
  size_t resamples; /* of the bootstrap */
  unsigned seed;
  size_t threads;
  regime_influence_watch watch; /* NULL: nobody watches */
  void *watcher;
} regime_influence_question;

#define REGIME_INFLUENCE_DEFAULTS                                                                            \
  ((regime_influence_question){                                                                              \
      .run = REGIME_RUN_DEFAULTS, .kind = REGIME_LOCAL, .resamples = 500, .seed = 0, .threads = 1})

typedef struct regime_influence regime_influence;

/* *out is yours; NULL on failure. The model must outlive it. BAD_ARGUMENT (no such variable, event,
 * parameter, scenario; a window outside the span; nothing to move or nothing to move it between), UNDEFINED
 * (the path at the model's own values does not reach its end, or no run did), NO (interrupted), NO_MEMORY,
 * and what a run may answer. */
REGIME_MUST_CHECK regime_status regime_influence_compute(regime_context *context, const regime_model *model,
                                                         const regime_influence_question *question,
                                                         regime_influence **out);
void regime_influence_free(regime_influence *influence); /* takes NULL */

const regime_model *regime_influence_model(const regime_influence *influence);
const char *regime_influence_scenario(const regime_influence *influence);
regime_influence_kind regime_influence_of(const regime_influence *influence);
double regime_influence_parameter(const regime_influence *influence, size_t k); /* in force at the start */
size_t regime_influence_outputs(const regime_influence *influence);
const char *regime_influence_output(const regime_influence *influence, size_t k); /* "mean(u,1974,1980)" */
size_t regime_influence_factors(const regime_influence *influence);
const char *regime_influence_factor(const regime_influence *influence, size_t k);
size_t regime_influence_runs(const regime_influence *influence);
size_t regime_influence_lost(const regime_influence *influence);

/* The answer as tables, for each number asked for the strongest parameter first. Borrowed.
 *   elasticities  local: of, parameter, measure, effect, derivative, value (of the number), at (of the
 *                 parameter). The effect is d log y/d log p. Where y is below a thousandth of the largest
 *                 value its variable has on the path, and for dates, it is dy/dlog p; where p is zero or
 *                 below a millionth of the width of its bounds, d log y/dp or dy/dp, which stand last;
 *                 `measure` says which.
 *   effects       Morris: of, parameter, mu_star, mu, sigma, n: in units of y, for the whole range of p
 *   indices       Sobol: of, parameter, total, total_from, total_to, first, first_from, first_to, n
 *   outputs       drawn: of, mean, sd, n (over all runs)
 *   factors       drawn: parameter, distribution, low, high, at, sd, value
 *   lost          drawn: run, outcome, time, then the parameters' values */
size_t regime_influence_tables(const regime_influence *influence);
const regime_table *regime_influence_table(const regime_influence *influence, size_t k);
const regime_table *regime_influence_table_named(const regime_influence *influence, const char *name);

#endif
