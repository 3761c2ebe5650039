/* compute.c — runs a model under the eyes of its user. */
#include "cli/compute.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* What a signal interrupts: a handler is told nothing but the signal's number. */
static regime_context *volatile interruptible;
static volatile sig_atomic_t was_interrupted;

static void interrupt(int signal_number) {
  (void)signal_number;
  was_interrupted = 1;
  if (interruptible) regime_context_interrupt(interruptible);
}

void rg_catch_signals(regime_context *context) {
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  interruptible = context;
  was_interrupted = 0;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool rg_was_interrupted(void) { return was_interrupted != 0; }

void rg_release_signals(void) {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  interruptible = NULL;
}

static double now_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

rg_progress rg_progress_begin(const rg_cli *cli, double from, double to) {
  const bool is_shown = !rg_option_given(&cli->options, RG_OPTION_QUIET) && isatty(STDERR_FILENO);
  return (rg_progress){.from = from, .to = to, .started_s = now_s(), .percent = -1, .is_shown = is_shown};
}

static bool is_due(rg_progress *p, double at) {
  const int percent = (int)(100.0 * (at - p->from) / (p->to - p->from));
  if (percent == p->percent || now_s() - p->started_s < 1.0) return false;
  p->percent = percent;
  return true;
}

static void show_time(void *watcher, double t) {
  rg_progress *p = watcher;
  if (is_due(p, t)) fprintf(stderr, "\r%3d %%  time %g", p->percent, t);
}

void rg_progress_show(void *progress, double at) {
  rg_progress *p = progress;
  if (is_due(p, at)) fprintf(stderr, "\r%3d %%", p->percent);
}

double rg_progress_end(const rg_progress *p) {
  if (p->percent >= 0) fputs("\r\x1b[K", stderr);
  return now_s() - p->started_s;
}

regime_run_options rg_run_options(const rg_options *given) {
  const bool precise = rg_option_given(given, RG_OPTION_PRECISE);
  const double rtol = given->number[RG_OPTION_RTOL], atol = given->number[RG_OPTION_ATOL];
  regime_run_options o = REGIME_RUN_DEFAULTS;
  o.scenario = given->text[RG_OPTION_SCENARIO];
  o.settings = given->settings;
  o.n_settings = given->n_settings;
  o.from = given->number[RG_OPTION_FROM];
  o.to = given->number[RG_OPTION_TO];
  o.every = given->number[RG_OPTION_OUTPUT];
  o.rtol = precise && isnan(rtol) ? 1e-12 : rtol;
  o.atol = precise && isnan(atol) ? 1e-14 : atol;
  o.method = (regime_method)given->choice[RG_OPTION_METHOD];
  o.linear = (regime_linear)given->choice[RG_OPTION_LINEAR];
  o.step = rg_option_given(given, RG_OPTION_AS) ? given->number[RG_OPTION_STEP] : 0.0;
  o.rule = (regime_rule)given->choice[RG_OPTION_RULE];
  return o;
}

regime_status rg_compute(rg_cli *cli, const regime_model *model, regime_run_options options, regime_run **out,
                         double *wall_s) {
  const regime_model_info *about = regime_model_about(model);
  rg_progress p = rg_progress_begin(cli, isnan(options.from) ? about->from : options.from,
                                    isnan(options.to) ? about->to : options.to);
  if (p.is_shown) {
    options.watch = show_time;
    options.watcher = &p;
  }
  rg_catch_signals(cli->context);
  const regime_status status = regime_run_compute(cli->context, model, &options, out);
  *wall_s = rg_progress_end(&p);
  rg_catch_signals(
      cli->context); /* what interrupted the path has been spent: the files can be interrupted too */
  return status;
}
