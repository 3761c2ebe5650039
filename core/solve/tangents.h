/* tangents.h — how the point a run has reached moves with parameters and starting values.
 *
 * Kept are for each direction the move dy of the state and the move dt of the time it belongs to. Within a
 * stretch of smooth flow dt is 0 and dy the sensitivity s at a fixed time, which CVODES carries on. At an
 * instant where the law changes, the point is followed to the moving instant and back:
 *
 *   arrive     dt = 0,     dy = s-
 *   cross      dt = dtau,  dy = s- + f- dtau,  dtau = -(g_y s- + g_p)/(g_y f- + g_t)    a zero of g
 *   date       dt = dtau,  dy = s- + f- dtau,  dtau from the system                     a date
 *   happen, pass_date      dy becomes that of the state after the jump
 *   rest       dt = 0,     dy - f+ dtau = s+
 *
 * which is the saltation matrix of Hiskens and Pai (2000, IEEE Trans. Circuits Syst. I 47, eq. 17 to 25).
 * What a change throws across zero at the same instant moves along with it; what was itself found on the
 * flow, or is a date of its own, moves by its own dtau, one after the other in the order in which they are
 * acted on.
 *
 * One more direction than asked for is aimed, the last: it moves nothing but is lent to time, for g_y f +
 * g_t.
 *
 * Where there is no derivative (a function without finite tangent, a crossing that only touches zero) a
 * direction is lost for the rest of the path: it is carried on as zero and recorded as NaN.
 *
 * All functions take NULL: a path without directions.
 */
#ifndef RG_SOLVE_TANGENTS_H
#define RG_SOLVE_TANGENTS_H

#include "solve/recorder.h"
#include "solve/sides.h"

typedef struct rg_tangents {
  regime_context *context;
  const regime_system *system;
  size_t n, n_functions;       /* states; crossing functions */
  size_t n_directions, n_aims; /* asked for; and one more for time */
  const size_t *direction;     /* as in the options */
  double *dt, *dy;             /* n_aims; n_aims * n: of the present point */
  double *other;               /* n_aims * n: of a point between steps; of what a period leaves */
  double *trial, *answer;      /* n_aims * n: for the integrator */
  double *next_dt;             /* n_aims */
  double *dg, *g;              /* n_aims * n_functions */
  double *shown;               /* n_aims * n_outputs */
  double *scale;               /* n_directions: the size of each direction's parameter */
  double *ahead;               /* n: a point a little further on */
  bool *found;                 /* n_functions: on the flow, and not yet acted on */
  bool *lost;                  /* n_aims */
  bool lacking, *bad;          /* the rate had no finite tangents of late; n_aims: of which directions */
  bool acted;                  /* something has changed the law at this instant */
  bool current;                /* dy is of the present point */
  bool warned;
  long calls;
} rg_tangents;

/* Whether a system can answer what is asked of its path. BAD_ARGUMENT, with words. */
REGIME_MUST_CHECK regime_status rg_tangents_check(regime_context *context, const regime_system *system,
                                                  const regime_path_options *options);

/* Aims the system. *out is yours; NULL on failure and without directions. NO_MEMORY, and what aim answers. */
REGIME_MUST_CHECK regime_status rg_tangents_create(regime_context *context, const regime_system *system,
                                                   const regime_path_options *options, rg_tangents **out);
void rg_tangents_free(rg_tangents *tangents);

/* The system has started at t; is_given: its states are another's. */
void rg_tangents_start(rg_tangents *tangents, double t, bool is_given);

/* Directions without finite tangent of the rate near t are lost; all, if the system could not tell which. */
void rg_tangents_lose_bad(rg_tangents *tangents, double t);

/* The rate's tangents along directions that stand in `trial`, into `answer`. False: no finite value. */
bool rg_tangents_rate(rg_tangents *tangents, double t, const double *y);

/* --- instants of a flow; `flow` is that of the law in force --- */

/* Something is about to change the law; roots: as the integrator found them, NULL: none. */
void rg_tangents_arrive(rg_tangents *tangents, const int *roots);
/* Whether function k, about to be acted on, moves by a time of its own: then cross follows. Then acted. */
bool rg_tangents_is_own(const rg_tangents *tangents, size_t k);
void rg_tangents_cross(rg_tangents *tangents, rg_sides *sides, size_t k, const rg_flow *flow);
void rg_tangents_acted(rg_tangents *tangents, size_t k);
void rg_tangents_date(rg_tangents *tangents, const rg_flow *flow);
void rg_tangents_rest(rg_tangents *tangents, const rg_flow *flow);

/* --- changes of law, each called just before them; dy is changed --- */

void rg_tangents_happen(rg_tangents *tangents, size_t event, double t, const double *y, double *dy);
void rg_tangents_pass_date(rg_tangents *tangents, double t, const double *y);

/* --- maps: `other` becomes what a period leaves, from the dy it found --- */

void rg_tangents_next(rg_tangents *tangents, double t, const double *y);
/* The next period finds it. */
void rg_tangents_take(rg_tangents *tangents);

/* --- recording, after the point or happening was added --- */

void rg_tangents_record(rg_tangents *tangents, regime_path *path, double t, const double *y,
                        const double *dy);
void rg_tangents_record_happening(const rg_tangents *tangents, regime_path *path);
void rg_tangents_record_end(const rg_tangents *tangents, regime_path *path);

#endif
