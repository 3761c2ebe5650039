/* integrator.c — CVODES behind a few verbs. */
#include "solve/integrator.h"
#include "solve/linear.h"
#include "solve/sundials.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps that leave time where it is, one after the other, before the integrator is said to stand still. */
enum { patience_at_standstill = 50 };

/* Attempts at one step, each shorter. CVODES' own 7 and 10 give up while a law without value beyond some
 * point could still be followed nearer to it. */
enum { most_attempts = 25 };

/* Solve first for the state, then for how it moves: Newton's matrix is right for both, and a step that fails
 * for the state costs no tangents (docs/decisions/0009-directions-are-carried-forward.md). */
enum { corrector = CV_STAGGERED };

/* The part of the span in which something that moves is seen to move. */
static const double a_while = 1e-3;

struct rg_integrator {
  const regime_system *system;
  rg_sides *sides;
  double atol;
  size_t n; /* states of CVODES: one at rest stands in when the system has none */
  SUNContext context;
  void *cvode;
  N_Vector y, between, dy;
  N_Vector accepted; /* y as last returned; CVODES uses the vector it returns in for its trials */
  rg_linear linear;
  rg_tangents *tangents; /* NULL: none are carried */
  N_Vector *s;           /* one a direction; NULL: none */
  bool carries;          /* CVODES knows of them */
  int *roots;
  double end, span;        /* of the run */
  double last_step;        /* size of the step in which the last stretch ended; 0 at the start */
  double stop;             /* of the stretch */
  bool at_stop;            /* the stretch is too short to integrate */
  int standing;            /* steps without progress in time */
  int flag;                /* CVODES' last answer */
  bool undefined;          /* the last evaluation had no value */
  bool crossing_undefined; /* the last look at the crossing functions found one without value */
  bool undefined_lately;   /* one since time last passed had none: */
  double undefined_t;      /* its time ... */
  double *undefined_y;     /* ... and state */
  regime_counters counts;  /* of the stretches before this one, and of calls */
};

/* ---- the system as CVODES calls it ---- */

static bool all_finite(const double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!isfinite(x[i])) return false;
  return true;
}

/* Keeps where there was no value, for the user to hear should the integrator give up. A Newton iteration that
 * ran away to infinity says nothing about the law. */
static int judge(rg_integrator *in, bool defined, double t, const double *y) {
  in->undefined = !defined && all_finite(y, in->n);
  if (in->undefined) {
    in->undefined_lately = true;
    in->undefined_t = t;
    memcpy(in->undefined_y, y, in->n * sizeof *y);
  }
  return defined ? 0 : 1;
}

static int rate(sunrealtype t, N_Vector y, N_Vector dy, void *user) {
  rg_integrator *in = user;
  const regime_system *system = in->system;
  double *out = N_VGetArrayPointer(dy);
  in->counts.rate_calls++;
  out[0] = 0.0; /* the state that stands in */
  const bool defined =
      system->n_states == 0 || system->rate(system->self, t, N_VGetArrayPointer(y), out) == 0;
  return judge(in, defined && all_finite(out, in->n), t, N_VGetArrayPointer(y));
}

/* Newton's iteration converges with a nearby matrix too: where the derivatives have no value, as beyond a
 * switch about to turn, those of the last point serve. Whether the law itself has a value there, the rate
 * decides. */
static int jacobian(sunrealtype t, N_Vector y, N_Vector dy, SUNMatrix matrix, void *user, N_Vector a,
                    N_Vector b, N_Vector c) {
  (void)dy, (void)a, (void)b, (void)c;
  rg_integrator *in = user;
  const regime_system *system = in->system;
  rg_linear *linear = &in->linear;
  in->counts.jacobian_calls++;
  const bool defined = system->jacobian(system->self, t, N_VGetArrayPointer(y), linear->trial) == 0 &&
                       all_finite(linear->trial, linear->n_nonzeros);
  if (!defined && !linear->filled) return judge(in, false, t, N_VGetArrayPointer(y));
  if (defined) rg_linear_keep(linear);
  rg_linear_fill(linear, matrix);
  return 0;
}

/* CVODES would stop for good at a function without value. It is told of the others, and the step is judged
 * when it is done. */
static int crossing(sunrealtype t, N_Vector y, sunrealtype *g, void *user) {
  rg_integrator *in = user;
  in->counts.crossing_calls++;
  const bool defined = rg_sides_values(in->sides, t, N_VGetArrayPointer(y), g);
  in->crossing_undefined = judge(in, defined, t, N_VGetArrayPointer(y)) != 0;
  return 0;
}

/* CVODES keeps a vector a direction, the system looks at all at once. */
static void gather(const rg_integrator *in, N_Vector *from, double *to) {
  for (size_t d = 0; d < in->tangents->n_directions; d++)
    memcpy(to + d * in->n, N_VGetArrayPointer(from[d]), in->n * sizeof *to);
}

static void scatter(const rg_integrator *in, const double *from, N_Vector *to) {
  for (size_t d = 0; d < in->tangents->n_directions; d++)
    memcpy(N_VGetArrayPointer(to[d]), from + d * in->n, in->n * sizeof *from);
}

static int tangents(int n, sunrealtype t, N_Vector y, N_Vector dy, N_Vector *s, N_Vector *ds, void *user,
                    N_Vector a, N_Vector b) {
  (void)n, (void)dy, (void)a, (void)b;
  rg_integrator *in = user;
  gather(in, s, in->tangents->trial);
  if (!rg_tangents_rate(in->tangents, t, N_VGetArrayPointer(y))) return 1;
  scatter(in, in->tangents->answer, ds);
  return 0;
}

/* ---- making and freeing ---- */

static bool make_vectors(rg_integrator *in) {
  in->y = N_VNew_Serial((sunindextype)in->n, in->context);
  if (!in->y) return false;
  N_VConst(0.0, in->y);
  in->between = N_VClone(in->y);
  in->dy = N_VClone(in->y);
  in->accepted = N_VClone(in->y);
  in->undefined_y = calloc(in->n, sizeof *in->undefined_y);
  in->roots = calloc(in->sides->n + 1, sizeof *in->roots);
  return in->between && in->dy && in->accepted && in->undefined_y && in->roots;
}

static bool make_cvode(rg_integrator *in, const regime_path_options *o) {
  in->cvode = CVodeCreate(o->method == REGIME_ADAMS ? CV_ADAMS : CV_BDF, in->context);
  return in->cvode && rg_sundials_silence(in->cvode) == CV_SUCCESS &&
         CVodeInit(in->cvode, rate, o->from, in->y) == CV_SUCCESS &&
         CVodeSStolerances(in->cvode, o->rtol, o->atol) == CV_SUCCESS &&
         CVodeSetUserData(in->cvode, in) == CV_SUCCESS &&
         CVodeSetMaxErrTestFails(in->cvode, most_attempts) == CV_SUCCESS &&
         CVodeSetMaxConvFails(in->cvode, most_attempts) == CV_SUCCESS;
}

static bool attach_linear(rg_integrator *in, regime_linear wish) {
  const regime_system *system = in->system;
  const rg_pattern pattern = {system->n_states, system->jacobian ? system->jacobian_column : NULL,
                              system->jacobian_row};
  return rg_linear_make(pattern, wish, in->y, in->context, &in->linear) == REGIME_OK &&
         CVodeSetLinearSolver(in->cvode, in->linear.solver, in->linear.matrix) == CV_SUCCESS &&
         (!in->system->jacobian || CVodeSetJacFn(in->cvode, jacobian) == CV_SUCCESS);
}

/* Each direction's tolerance is that of the states over the size of its parameter. */
static bool make_tangents(rg_integrator *in) {
  const rg_tangents *with = in->tangents;
  if (!with || in->system->n_states == 0) return true;
  const int n = (int)with->n_directions;
  in->s = N_VCloneVectorArray(n, in->y);
  if (!in->s) return false;
  for (int d = 0; d < n; d++) N_VConst(0.0, in->s[d]);
  in->carries = CVodeSensInit(in->cvode, n, corrector, tangents, in->s) == CV_SUCCESS &&
                CVodeSetSensParams(in->cvode, NULL, with->scale, NULL) == CV_SUCCESS &&
                CVodeSensEEtolerances(in->cvode) == CV_SUCCESS &&
                CVodeSetSensErrCon(in->cvode, SUNTRUE) == CV_SUCCESS;
  return in->carries;
}

regime_status rg_integrator_create(const regime_system *system, const regime_path_options *options,
                                   rg_sides *sides, rg_tangents *with, rg_integrator **out) {
  *out = NULL;
  rg_integrator *in = calloc(1, sizeof *in);
  if (!in) return REGIME_NO_MEMORY;
  in->system = system;
  in->sides = sides;
  in->tangents = with;
  in->atol = options->atol;
  in->end = options->to;
  in->span = options->to - options->from;
  in->n = system->n_states > 0 ? system->n_states : 1;
  in->context = rg_sundials_open();
  if (in->context && make_vectors(in) && make_cvode(in, options) && attach_linear(in, options->linear) &&
      make_tangents(in))
    *out = in;
  else
    rg_integrator_free(in);
  return *out ? REGIME_OK : REGIME_NO_MEMORY;
}

void rg_integrator_free(rg_integrator *in) {
  if (!in) return;
  if (in->cvode) CVodeFree(&in->cvode);
  if (in->s) N_VDestroyVectorArray(in->s, (int)in->tangents->n_directions);
  rg_linear_drop(&in->linear);
  if (in->accepted) N_VDestroy(in->accepted);
  if (in->dy) N_VDestroy(in->dy);
  if (in->between) N_VDestroy(in->between);
  if (in->y) N_VDestroy(in->y);
  rg_sundials_close(in->context);
  free(in->undefined_y);
  free(in->roots);
  free(in);
}

/* ---- stretches ---- */

double *rg_integrator_state(rg_integrator *in) { return N_VGetArrayPointer(in->y); }

/* A thousandth of the first step CVODES would allow itself: a tenth of the way, or of any component. */
static double step_ahead(const rg_integrator *in, double t, const double *y, const double *dy) {
  double step = 0.1 * (in->end - t);
  for (size_t i = 0; i < in->n; i++)
    step = fmin(step, (0.1 * fabs(y[i]) + in->atol) / (fabs(dy[i]) + DBL_MIN));
  return fmax(1e-3 * step, rg_instant(t));
}

bool rg_integrator_flow(rg_integrator *in, double t, rg_flow *out) {
  if (rate(t, in->y, in->dy, in) != 0) return false;
  const double *y = N_VGetArrayPointer(in->y), *dy = N_VGetArrayPointer(in->dy);
  *out = (rg_flow){.t = t,
                   .y = y,
                   .dy = dy,
                   .ahead = step_ahead(in, t, y, dy),
                   .fuzz = rg_integrator_fuzz(in, t),
                   .horizon = a_while * in->span};
  return true;
}

/* CVODES counts from zero after each restart. */
static regime_counters counts_of_stretch(const rg_integrator *in) {
  regime_counters c = {0};
  CVodeGetNumSteps(in->cvode, &c.steps);
  CVodeGetNumNonlinSolvIters(in->cvode, &c.newton_iterations);
  CVodeGetNumStepSolveFails(in->cvode, &c.newton_failures);
  CVodeGetNumErrTestFails(in->cvode, &c.error_failures);
  return c;
}

regime_counters rg_integrator_counters(const rg_integrator *in) {
  regime_counters total = in->counts;
  const regime_counters last = counts_of_stretch(in);
  total.steps += last.steps;
  total.newton_iterations += last.newton_iterations;
  total.newton_failures += last.newton_failures;
  total.error_failures += last.error_failures;
  total.tangent_calls = in->tangents ? in->tangents->calls : 0;
  return total;
}

/* The root finder is taken off and put on again, because CVODES goes on taking for inactive a function that
 * was at rest on zero before the restart. */
static bool renew_root_finder(rg_integrator *in) {
  const regime_system *system = in->system;
  if (in->sides->n == 0) return true;
  for (size_t k = 0; k < in->sides->n; k++)
    in->roots[k] = k < system->n_switches ? 0 : (int)system->events[k - system->n_switches].direction;
  return CVodeRootInit(in->cvode, 0, NULL) == CV_SUCCESS &&
         CVodeRootInit(in->cvode, (int)in->sides->n, crossing) == CV_SUCCESS &&
         CVodeSetRootDirection(in->cvode, in->roots) == CV_SUCCESS &&
         CVodeSetNoInactiveRootWarn(in->cvode) == CV_SUCCESS;
}

static bool renew_tangents(rg_integrator *in) {
  if (!in->carries) return true;
  scatter(in, in->tangents->dy, in->s);
  return CVodeSensReInit(in->cvode, corrector, in->s) == CV_SUCCESS;
}

static bool restart(rg_integrator *in, double t, double first_step) {
  in->counts = rg_integrator_counters(in);
  return CVodeReInit(in->cvode, t, in->y) == CV_SUCCESS && renew_tangents(in) && renew_root_finder(in) &&
         CVodeSetInitStep(in->cvode, first_step) == CV_SUCCESS &&
         (in->at_stop || CVodeSetStopTime(in->cvode, in->stop) == CV_SUCCESS);
}

double rg_instant(double t) { return 100.0 * DBL_EPSILON * fabs(t); }

regime_status rg_integrator_restart(rg_integrator *in, double t, double stop) {
  in->stop = stop;
  in->at_stop = stop - t <= rg_instant(fmax(fabs(t), fabs(stop)));
  in->standing = 0;
  return restart(in, t, 0.0) ? REGIME_OK : REGIME_NO_MEMORY;
}

bool rg_integrator_tangents(rg_integrator *in, double t, double *dy) {
  if (!in->carries) return true;
  if (CVodeGetSensDky(in->cvode, t, 0, in->s) != CV_SUCCESS) return false;
  gather(in, in->s, dy);
  return true;
}

/* The tangents where the step began, which is about to be tried again. */
static bool read_back(rg_integrator *in, double t) {
  return !in->tangents || in->tangents->current || rg_integrator_tangents(in, t, in->tangents->dy);
}

/* A crossing function has no value where a step ended. It may well reach zero before: the step is tried again
 * with half the way to that point. */
static bool come_nearer(rg_integrator *in, double t) {
  const double half = 0.5 * (in->undefined_t - t);
  return half > rg_instant(in->undefined_t) && read_back(in, t) && restart(in, t, half);
}

/* Tangents have no value near by, where the path itself has: it goes on without those. */
static bool go_on_without(rg_integrator *in, double t) {
  if (!in->tangents || !in->tangents->lacking || !read_back(in, t)) return false;
  rg_tangents_lose_bad(in->tangents, t);
  in->tangents->current = true;
  in->standing = 0;
  return restart(in, t, 0.0);
}

static bool lacks_tangents(const rg_integrator *in) {
  return in->flag == CV_SRHSFUNC_FAIL || in->flag == CV_FIRST_SRHSFUNC_ERR ||
         in->flag == CV_REPTD_SRHSFUNC_ERR || in->flag == CV_UNREC_SRHSFUNC_ERR;
}

static int take_step(rg_integrator *in, double *t) {
  const double before = *t;
  in->crossing_undefined = false;
  N_VScale(1.0, in->y, in->accepted);
  int flag = CVode(in->cvode, in->stop, in->y, t, CV_ONE_STEP);
  if (flag >= 0 && flag != CV_ROOT_RETURN && in->crossing_undefined) flag = CV_RTFUNC_FAIL;
  if (flag >= 0) return flag;
  *t = before;
  N_VScale(1.0, in->accepted, in->y);
  return flag;
}

static bool stands_still(rg_integrator *in, double before, double t) {
  in->standing = t - before <= 4.0 * DBL_EPSILON * fabs(t) ? in->standing + 1 : 0;
  if (in->standing == 0) in->undefined_lately = false;
  if (in->standing == 0 && in->tangents) in->tangents->lacking = false;
  return in->standing > patience_at_standstill;
}

static rg_arrival arrival(rg_integrator *in, double before, double t) {
  if (in->flag < 0) return RG_GAVE_UP;
  if (in->flag == CV_TSTOP_RETURN) return RG_AT_STOP;
  if (in->flag != CV_ROOT_RETURN)
    return stands_still(in, before, t) && !go_on_without(in, t) ? RG_GAVE_UP : RG_STEPPED;
  CVodeGetLastStep(in->cvode, &in->last_step);
  CVodeGetRootInfo(in->cvode, in->roots);
  return RG_CROSSED;
}

rg_arrival rg_integrator_advance(rg_integrator *in, double *t) {
  const double before = *t;
  if (in->at_stop) {
    *t = in->stop;
    return RG_AT_STOP;
  }
  do in->flag = take_step(in, t);
  while ((in->flag == CV_RTFUNC_FAIL && come_nearer(in, before)) ||
         (lacks_tangents(in) && go_on_without(in, before)));
  if (in->tangents) in->tangents->current = false;
  return arrival(in, before, *t);
}

const int *rg_integrator_roots(const rg_integrator *in) { return in->roots; }

/* CVODES brackets a zero within an instant of the time and of the step it lies in. */
double rg_integrator_fuzz(const rg_integrator *in, double t) { return rg_instant(fabs(t) + in->last_step); }

const double *rg_integrator_interpolate(rg_integrator *in, double t) {
  return CVodeGetDky(in->cvode, t, 0, in->between) == CV_SUCCESS ? N_VGetArrayPointer(in->between) : NULL;
}

/* ---- trouble ---- */

static size_t worst_state(rg_integrator *in) {
  size_t worst = 0;
  if (CVodeGetEstLocalErrors(in->cvode, in->between) != CV_SUCCESS ||
      CVodeGetErrWeights(in->cvode, in->dy) != CV_SUCCESS)
    return 0;
  N_VProd(in->between, in->dy, in->dy);
  const double *error = N_VGetArrayPointer(in->dy);
  for (size_t i = 1; i < in->system->n_states; i++)
    if (fabs(error[i]) > fabs(error[worst])) worst = i;
  return worst;
}

static rg_reason reason(const rg_integrator *in) {
  if (in->undefined || (in->flag >= 0 && in->undefined_lately)) return RG_NO_VALUE;
  switch (in->flag) {
  case CV_ERR_FAILURE: return RG_ERROR_TEST;
  case CV_TOO_MUCH_ACC: return RG_TOO_ACCURATE;
  case CV_MEM_FAIL: return RG_NO_MEMORY;
  default: return in->flag < 0 ? RG_NEWTON : RG_STANDSTILL;
  }
}

rg_trouble rg_integrator_trouble(rg_integrator *in) {
  rg_trouble trouble = {
      .reason = reason(in), .t = in->undefined_t, .y = in->undefined_y, .worst = worst_state(in)};
  CVodeGetCurrentStep(in->cvode, &trouble.step);
  return trouble;
}
