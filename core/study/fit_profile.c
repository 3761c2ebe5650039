/* fit_profile.c — profile likelihoods: a number is moved away from its best value, the others are fitted
 * again, and the cost tells how far it may go.
 */
#include "base/diagnostic.h"
#include "study/fit_jobs.h"
#include "study/fit_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cost has risen by 1.92, half the 95 % point of chi-squared: z = sqrt(2 rise) is 1.96. z is nearly
 * linear in the number, which makes the search for 1.96 short. */
static const double z_of_range = 1.959964;
static const double z_near = 0.02;
enum { most_points = 16 };

typedef struct point {
  double x, z, cost;
  double *p; /* n_free, the others fitted again */
} point;

/* One number, one direction. */
typedef struct side {
  size_t k;
  double sign;
  point point[most_points];
  size_t n_points;
  double end;   /* where the range ends */
  bool is_open; /* at a bound, or never */
  regime_status status;
} side;

typedef struct profile {
  const regime_fit *fit;
  side *side; /* two a number: down, up */
} profile;

/* --- one refit ----------------------------------------------------------------------------------------- */

/* The others fitted again with the number at x, from where they were at the last point. z is infinite where
 * there is no path. */
static point refit(rg_worker *worker, const profile *f, side *s, rg_found *found, bool *held, double x) {
  const size_t n = f->fit->target.frees.count;
  rg_aim_of_fit aim = f->fit->aim;
  point at = {.x = x, .z = INFINITY, .cost = INFINITY, .p = calloc(n, sizeof(double))};
  held[s->k] = true;
  aim.is_held = held;
  found->p[s->k] = x;
  rg_fit_search(worker, &aim, found);
  if (!at.p) s->status = REGIME_NO_MEMORY;
  if (found->status != REGIME_OK && found->status != REGIME_UNDEFINED) s->status = found->status;
  if (s->status != REGIME_OK) return at;
  memcpy(at.p, found->p, n * sizeof *at.p);
  at.cost = found->cost;
  if (found->status == REGIME_OK) at.z = sqrt(2.0 * fmax(found->cost - f->fit->best.cost, 0.0));
  return at;
}

/* --- the search for the end ---------------------------------------------------------------------------- */

static double bound_of(const rg_free *f, double sign) { return sign < 0.0 ? f->low : f->high; }

static double first_step(const regime_fit *fit, size_t k) {
  const double error = fit->parameter[k].std_error;
  return isnan(error) ? 0.02 * fit->target.frees.items[k].scale : z_of_range * error;
}

/* Between a point inside the range and one beyond: where z would be 1.96 on the line between them, kept off
 * the ends. */
static double between(point inside, point beyond) {
  const double share = isfinite(beyond.z) ? (z_of_range - inside.z) / (beyond.z - inside.z) : 0.5;
  return inside.x + fmin(fmax(share, 0.05), 0.95) * (beyond.x - inside.x);
}

/* Beyond a point inside the range, as far as its z promises and no more than three times as far. */
static double further(double best, point inside, double step) {
  const double factor = inside.z > 0.0 ? fmin(1.05 * z_of_range / inside.z, 3.0) : 3.0;
  return inside.x == best ? best + step : best + factor * (inside.x - best);
}

static bool is_near(point a, point b) { return fabs(a.x - b.x) <= 1e-4 * (fabs(a.x) + fabs(b.x)); }

static void walk(rg_worker *worker, const profile *f, side *s, rg_found *found, bool *held) {
  const regime_fit *fit = f->fit;
  const double best = fit->best.p[s->k], bound = bound_of(&fit->target.frees.items[s->k], s->sign);
  const double step = s->sign * first_step(fit, s->k);
  point inside = {.x = best}, beyond = {.x = bound, .z = NAN};
  s->is_open = true;
  s->end = bound;
  while (s->n_points < most_points && inside.x != bound) {
    double x = s->is_open ? further(best, inside, step) : between(inside, beyond);
    if ((x - bound) * s->sign > 0.0) x = bound;
    const point at = s->point[s->n_points++] = refit(worker, f, s, found, held, x);
    if (s->status != REGIME_OK) return;
    const bool is_end = fabs(at.z - z_of_range) < z_near;
    if (at.z > z_of_range || is_end) s->is_open = false;
    if (at.z > z_of_range)
      beyond = at;
    else
      inside = at;
    if (!is_end && at.z > z_of_range) /* what it came to there may be another minimum */
      memcpy(found->p, inside.p ? inside.p : fit->best.p, fit->target.frees.count * sizeof *found->p);
    s->end = is_end ? x : s->is_open ? bound : between(inside, beyond);
    if (is_end || (!s->is_open && is_near(inside, beyond))) break;
  }
}

static void do_side(rg_worker *worker, size_t k, void *self) {
  const profile *f = self;
  const rg_target *t = &f->fit->target;
  side *s = &f->side[k];
  rg_found found = {0};
  bool *held = calloc(t->frees.count, sizeof *held);
  *s = (side){.k = k / 2, .sign = k % 2 ? 1.0 : -1.0};
  s->status = held ? rg_found_copy(t, &f->fit->best, &found) : REGIME_NO_MEMORY;
  if (s->status == REGIME_OK) walk(worker, f, s, &found, held);
  rg_found_drop(&found);
  free(held);
}

/* --- what it tells ------------------------------------------------------------------------------------- */

static void judge(regime_fit *fit, const profile *f, size_t k) {
  const side *down = &f->side[2 * k], *up = &f->side[2 * k + 1];
  regime_fitted *p = &fit->parameter[k];
  const int closed = !down->is_open + !up->is_open;
  p->from = down->end;
  p->to = up->end;
  p->is_profiled = true;
  p->verdict = fit->best.at_bound[k] ? REGIME_AT_BOUND
               : closed == 2         ? REGIME_BOUNDED
               : closed == 1         ? REGIME_ONE_SIDED
                                     : REGIME_FLAT;
}

static int by_x(const void *a, const void *b) {
  const double difference = ((const point *)a)->x - ((const point *)b)->x;
  return (difference > 0.0) - (difference < 0.0);
}

static void put_point(regime_table *table, const regime_fit *fit, size_t k, double x, double rise,
                      const double *p) {
  const rg_frees *frees = &fit->target.frees;
  regime_table_put_word(table, 0, frees->items[k].name);
  regime_table_put_number(table, 1, x);
  regime_table_put_number(table, 2, rise);
  for (size_t j = 0; j < frees->count; j++) regime_table_put_number(table, 3 + j, p[j]);
}

static void put_side(regime_table *table, const regime_fit *fit, side *s) {
  qsort(s->point, s->n_points, sizeof *s->point, by_x);
  for (size_t j = 0; j < s->n_points; j++)
    if (isfinite(s->point[j].cost))
      put_point(table, fit, s->k, s->point[j].x, s->point[j].cost - fit->best.cost, s->point[j].p);
}

static regime_status make_table(regime_fit *fit, const profile *f) {
  const rg_frees *frees = &fit->target.frees;
  regime_table *table;
  const regime_status status = regime_table_create("profiles", 2, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  regime_table_add_numbers(table, "at", NULL, "where it is held");
  regime_table_add_numbers(table, "rise", NULL, "of the cost, the others fitted again; 1.92 is 95 %");
  for (size_t j = 0; j < frees->count; j++)
    regime_table_add_numbers(table, frees->items[j].name, NULL, "fitted again");
  for (size_t k = 0; k < frees->count; k++) {
    put_side(table, fit, &f->side[2 * k]);
    put_point(table, fit, k, fit->best.p[k], 0.0, fit->best.p);
    put_side(table, fit, &f->side[2 * k + 1]);
  }
  return rg_fit_keep_table(fit, table);
}

/* A refit that ends below the fit has found another minimum. */
static void warn(regime_context *context, const regime_fit *fit, const profile *f) {
  double least = fit->best.cost;
  size_t where = 0;
  for (size_t k = 0; k < 2 * fit->target.frees.count; k++)
    for (size_t j = 0; j < f->side[k].n_points; j++)
      if (f->side[k].point[j].cost < least) {
        least = f->side[k].point[j].cost;
        where = k / 2;
      }
  if (least < fit->best.cost - 1e-3)
    rg_warning(context, (rg_place){0}, "fit again with --starts, or from the values in the table of profiles",
               "the profile of `%s` has found a cost of %.8g, below that of the fit, %.8g",
               fit->target.frees.items[where].name, least, fit->best.cost);
}

static bool is_done(const profile *f, size_t k) {
  return f->side[2 * k].status == REGIME_OK && f->side[2 * k + 1].status == REGIME_OK;
}

/* What is done is kept. */
static void grant_interruption(regime_context *context, const regime_fit *fit, const profile *f) {
  size_t done = 0;
  for (size_t k = 0; k < fit->target.frees.count; k++) done += is_done(f, k);
  rg_interruption_granted(context);
  rg_warning(context, (rg_place){0}, "--resume goes on",
             "the profiles were interrupted: %zu of %zu are whole, and the others' ranges are those of the "
             "curvature",
             done, fit->target.frees.count);
}

static regime_status compute(regime_context *context, regime_fit *fit, profile *f) {
  const size_t n = fit->target.frees.count;
  regime_status status = rg_jobs_run(&fit->target, 2 * n, fit->threads, do_side, f, &fit->paths);
  bool is_whole = true;
  for (size_t k = 0; k < 2 * n && status == REGIME_OK; k++) {
    if (f->side[k].status == REGIME_NO)
      is_whole = false;
    else
      status = f->side[k].status;
  }
  if (status != REGIME_OK) return status;
  if (!is_whole) grant_interruption(context, fit, f);
  warn(context, fit, f);
  for (size_t k = 0; k < n; k++)
    if (is_done(f, k)) judge(fit, f, k);
  status = make_table(fit, f);
  return status == REGIME_OK ? rg_fit_parameters_table(fit) : status;
}

regime_status regime_fit_profile(regime_context *context, regime_fit *fit) {
  const size_t n = fit->target.frees.count;
  profile f = {.fit = fit, .side = calloc(2 * n, sizeof *f.side)};
  if (!f.side) return REGIME_NO_MEMORY;
  fit->target.context = context;
  rg_gsl_handler *before = rg_gsl_quiet();
  regime_status status = compute(context, fit, &f);
  rg_gsl_restore(before);
  for (size_t k = 0; k < 2 * n; k++)
    for (size_t j = 0; j < f.side[k].n_points; j++) free(f.side[k].point[j].p);
  free(f.side);
  return status == REGIME_OK ? rg_journal_check(context, fit->target.journal) : status;
}
