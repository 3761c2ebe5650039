/* failure.c — from the integrator's troubles to outcomes, and to sentences a modeller can act on. */
#include "solve/failure.h"
#include "base/diagnostic.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const rg_place nowhere = {0};

typedef struct label {
  char text[160];
} label;

static label state_label(const rg_run *run, size_t k) {
  const regime_system *system = run->system;
  label out;
  if (system->state_name)
    snprintf(out.text, sizeof out.text, "`%s`", system->state_name(system->self, k));
  else
    snprintf(out.text, sizeof out.text, "state %zu", k);
  return out;
}

/* A question may be long. */
static void shorten(label *out, const char *before, const char *name) {
  const int room = (int)(sizeof out->text - strlen(before) - sizeof " ...`");
  const bool fits = strlen(name) <= (size_t)room;
  snprintf(out->text, sizeof out->text, "%s%.*s%s`", before, room, name, fits ? "" : " ...");
}

static label function_label(const rg_run *run, size_t k) {
  const size_t n = run->system->n_switches;
  label out;
  if (k >= n)
    snprintf(out.text, sizeof out.text, "event `%s`", run->system->events[k - n].name);
  else if (run->system->switch_name)
    shorten(&out, "the switch `", run->system->switch_name(run->system->self, k));
  else
    snprintf(out.text, sizeof out.text, "an `if`, `min`, `max`, `abs` or `clamp`");
  return out;
}

void rg_run_end(rg_run *run, regime_outcome outcome) {
  if (run->over) return;
  run->over = true;
  run->path->outcome = outcome;
}

/* The system knows which term of which equation; where it cannot say, as for the function of an event, at
 * least where it was is told. */
static void explain(rg_run *run, double t, const double *y) {
  const size_t before = rg_errors_reported(run->context);
  if (run->system->explain) run->system->explain(run->system->self, t, y, run->context);
  if (rg_errors_reported(run->context) > before) return;
  rg_error(run->context, nowhere,
           "look for a logarithm, a root or a division in the equations and in what events look at",
           "the system has no value at t = %.10g", t);
}

regime_status rg_run_leaves_domain(rg_run *run, double t, const double *y) {
  explain(run, t, y);
  rg_run_end(run, REGIME_LEFT_DOMAIN);
  return REGIME_OK;
}

regime_status rg_run_undefined(rg_run *run) {
  explain(run, run->t, run->y);
  return REGIME_UNDEFINED;
}

/* Finite-time blow-up: at its present speed some state doubles before the clock's last digits move. */
static bool explodes(rg_run *run) {
  const double moment = 1e-10 * fmax(fabs(run->t), run->options->to - run->options->from);
  rg_flow flow;
  if (!rg_integrator_flow(run->integrator, run->t, &flow)) return false;
  for (size_t i = 0; i < run->system->n_states; i++)
    if (flow.dy[i] * flow.y[i] > 0.0 && fabs(flow.y[i]) < fabs(flow.dy[i]) * moment) return true;
  return false;
}

static const char *complaint(rg_reason reason) {
  switch (reason) {
  case RG_ERROR_TEST: return "its error stays above the tolerance however short the step";
  case RG_TOO_ACCURATE: return "the tolerances ask for more digits than numbers have";
  case RG_STANDSTILL: return "steps have become so short that time does not pass";
  default: return "Newton's iteration does not converge however short the step";
  }
}

static const char *remedy(rg_reason reason) {
  switch (reason) {
  case RG_ERROR_TEST:
    return "look for a jump or a kink there that is not written with `if`, `min`, `max`, `abs` or `clamp`, "
           "or loosen rtol";
  case RG_TOO_ACCURATE: return "loosen rtol and atol";
  case RG_STANDSTILL: return "look for a rate that grows without bound there, or loosen rtol";
  default: return "check the equations near that state, or loosen rtol";
  }
}

static regime_status no_convergence(rg_run *run, const rg_trouble *trouble) {
  const label state = state_label(run, trouble->worst);
  const double value = run->y[trouble->worst];
  rg_error(run->context, nowhere, remedy(trouble->reason),
           "the integration cannot go on at t = %.10g (step %.3g): %s; the hardest to follow is %s = %.6g",
           run->t, trouble->step, complaint(trouble->reason), state.text, value);
  return REGIME_NO_CONVERGENCE;
}

regime_status rg_run_gave_up(rg_run *run) {
  const rg_trouble trouble = rg_integrator_trouble(run->integrator);
  if (trouble.reason == RG_NO_MEMORY) return REGIME_NO_MEMORY;
  if (explodes(run)) {
    rg_run_end(run, REGIME_DIVERGED);
    return REGIME_OK;
  }
  if (trouble.reason == RG_NO_VALUE) return rg_run_leaves_domain(run, trouble.t, trouble.y);
  return no_convergence(run, &trouble);
}

regime_status rg_run_chatters(rg_run *run, size_t k) {
  const label function = function_label(run, k);
  rg_error(run->context, nowhere,
           "what is switched on there switches itself off at once: give it a margin (one threshold to begin, "
           "another to end), or let it look at a smoothed variable",
           "the law changes back and forth without end at t = %.10g, last through %s", run->t, function.text);
  return REGIME_NO_CONVERGENCE;
}

regime_status rg_run_too_long(rg_run *run) {
  const rg_trouble trouble = rg_integrator_trouble(run->integrator);
  const label state = state_label(run, trouble.worst);
  rg_error(
      run->context, nowhere,
      "look for a jump there that the integrator is not told of; else loosen rtol, or raise max_steps",
      "after %ld steps the path has only come to t = %.10g of %.10g (step %.3g); the hardest to follow is %s",
      run->options->max_steps, run->t, run->options->to, trouble.step, state.text);
  return REGIME_NO_CONVERGENCE;
}
