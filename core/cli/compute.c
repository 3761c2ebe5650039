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

typedef struct progress {
  double from, to, started_s;
  int percent; /* last shown; -1: none yet */
} progress;

static double now_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void show_progress(void *watcher, double t) {
  progress *p = watcher;
  const int percent = (int)(100.0 * (t - p->from) / (p->to - p->from));
  if (percent == p->percent || now_s() - p->started_s < 1.0) return;
  fprintf(stderr, "\r%3d %%  time %g", percent, t);
  p->percent = percent;
}

static void end_progress(const progress *p) {
  if (p->percent >= 0) fputs("\r\x1b[K", stderr);
}

regime_status rg_compute(rg_cli *cli, const regime_model *model, regime_run_options options, regime_run **out,
                         double *wall_s) {
  const regime_model_info *about = regime_model_about(model);
  progress p = {.from = isnan(options.from) ? about->from : options.from,
                .to = isnan(options.to) ? about->to : options.to,
                .started_s = now_s(),
                .percent = -1};
  if (!rg_option_given(&cli->options, RG_OPTION_QUIET) && isatty(STDERR_FILENO)) {
    options.watch = show_progress;
    options.watcher = &p;
  }
  rg_catch_signals(cli->context);
  const regime_status status = regime_run_compute(cli->context, model, &options, out);
  end_progress(&p);
  rg_catch_signals(
      cli->context); /* what interrupted the path has been spent: the files can be interrupted too */
  *wall_s = now_s() - p.started_s;
  return status;
}
