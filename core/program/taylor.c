/* taylor.c — a recurrence for each operation. */
#include "program/taylor.h"

#include "program/rules.h"
#include <math.h>
#include <string.h>

/* Rows beside the registers: one for the inner result of a pair, the others for what an operation needs on
 * its way. */
enum { INNER, FIRST_SPARE, SPARES = 4, SCRATCH = FIRST_SPARE + SPARES };

/* Where an operation works: n = order + 1 coefficients a row. */
typedef struct place {
  size_t n;
  double *spare; /* SPARES rows */
} place;

static double *spare(const place *p, size_t k) { return p->spare + k * p->n; }

/* sum of a_j b_(k-j) for j from first to last */
static double convolve(const double *a, const double *b, size_t k, size_t first, size_t last) {
  double sum = 0.0;
  for (size_t j = first; j <= last; j++) sum += a[j] * b[k - j];
  return sum;
}

/* sum of j a_j b_(k-j) for j from 1 to last */
static double convolve_slope(const double *a, const double *b, size_t k, size_t last) {
  double sum = 0.0;
  for (size_t j = 1; j <= last; j++) sum += (double)j * a[j] * b[k - j];
  return sum;
}

static bool is_constant(const place *p, const double *a) {
  for (size_t k = 1; k < p->n; k++)
    if (a[k] != 0.0) return false;
  return true;
}

static void set_constant(const place *p, double value, double *r) {
  memset(r, 0, p->n * sizeof *r);
  r[0] = value;
}

/* --- arithmetic ---------------------------------------------------------------------------------------- */

static void series_ADD(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)c;
  for (size_t k = 0; k < p->n; k++) r[k] = a[k] + b[k];
}

static void series_SUB(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)c;
  for (size_t k = 0; k < p->n; k++) r[k] = a[k] - b[k];
}

static void series_NEG(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  for (size_t k = 0; k < p->n; k++) r[k] = -a[k];
}

static void series_MUL(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)c;
  for (size_t k = 0; k < p->n; k++) r[k] = convolve(a, b, k, 0, k);
}

/* r b = a */
static void series_DIV(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)c;
  for (size_t k = 0; k < p->n; k++) r[k] = ((k ? a[k] - convolve(b, r, k, 1, k) : a[0])) / b[0];
}

/* --- functions of one series: r' = (something known) a' ------------------------------------------------ */

static void series_EXP(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  r[0] = exp(a[0]);
  for (size_t k = 1; k < p->n; k++) r[k] = convolve_slope(a, r, k, k) / (double)k;
}

/* r' w = a' */
static void integrate_quotient(const place *p, const double *a, const double *w, double *r) {
  for (size_t k = 1; k < p->n; k++) r[k] = (a[k] - convolve_slope(r, w, k, k - 1) / (double)k) / w[0];
}

static void series_LOG(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  r[0] = log(a[0]);
  integrate_quotient(p, a, a, r);
}

/* r r = a; where a rests so does r, even at 0 */
static void series_SQRT(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  set_constant(p, sqrt(a[0]), r);
  if (is_constant(p, a)) return;
  for (size_t k = 1; k < p->n; k++) r[k] = (a[k] - convolve(r, r, k, 1, k - 1)) / (2.0 * r[0]);
}

/* Sine and cosine need each other. */
static void both_of_circle(const place *p, const double *a, double *sine, double *cosine) {
  sine[0] = sin(a[0]);
  cosine[0] = cos(a[0]);
  for (size_t k = 1; k < p->n; k++) {
    sine[k] = convolve_slope(a, cosine, k, k) / (double)k;
    cosine[k] = -convolve_slope(a, sine, k, k) / (double)k;
  }
}

static void series_SIN(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  both_of_circle(p, a, r, spare(p, 0));
}

static void series_COS(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  both_of_circle(p, a, spare(p, 0), r);
}

/* r' = w a' with w = u + v r + q r^2, which is known as far as r is. */
static void integrate_square(const place *p, const double *a, double u, double v, double q, double *w,
                             double *r) {
  w[0] = u + r[0] * (v + q * r[0]);
  for (size_t k = 1; k < p->n; k++) {
    r[k] = convolve_slope(a, w, k, k) / (double)k;
    w[k] = v * r[k] + q * convolve(r, r, k, 0, k);
  }
}

static void series_TAN(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  r[0] = tan(a[0]);
  integrate_square(p, a, 1.0, 0.0, 1.0, spare(p, 0), r);
}

static void series_TANH(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  r[0] = tanh(a[0]);
  integrate_square(p, a, 1.0, 0.0, -1.0, spare(p, 0), r);
}

static void series_LOGISTIC(const place *p, const double *a, const double *b, const double *c, double *r) {
  (void)b, (void)c;
  r[0] = rg_logistic(a[0]);
  integrate_square(p, a, 0.0, 1.0, -1.0, spare(p, 0), r);
}

/* r' (1 + a^2) = a' */
static void series_ATAN(const place *p, const double *a, const double *b, const double *c, double *r) {
  double *w = spare(p, 0);
  (void)b, (void)c;
  for (size_t k = 0; k < p->n; k++) w[k] = convolve(a, a, k, 0, k);
  w[0] += 1.0;
  r[0] = atan(a[0]);
  integrate_quotient(p, a, w, r);
}

/* --- powers -------------------------------------------------------------------------------------------- */

/* a' b r = a r' for a constant b, divided by a_0. */
static void power_recurrence(size_t n, const double *a, double b, double *r) {
  for (size_t k = 1; k < n; k++) {
    double sum = 0.0;
    for (size_t j = 1; j <= k; j++) sum += (b * (double)j - (double)(k - j)) * a[j] * r[k - j];
    r[k] = sum / ((double)k * a[0]);
  }
}

/* a = s^v (a_v + ...) begins later: a^b = s^(v b) (a_v + ...)^b is a series for a whole b; for another, what
 * comes before s^(v b) is 0 and what comes from it on has no value. */
static void power_from_zero(const place *p, const double *a, double b, double *r) {
  size_t v = 1;
  while (a[v] == 0.0) v++;
  const double begin = fmax(0.0, (double)v * b);
  set_constant(p, rg_power(0.0, b), r);
  if (b == 0.0 || begin > (double)(p->n - 1)) return;
  const size_t first = (size_t)ceil(begin);
  if (b > 0.0 && b == floor(b)) {
    r[first] = pow(a[v], b);
    power_recurrence(p->n - first, a + v, b, r + first);
  } else {
    for (size_t k = first; k < p->n; k++) r[k] = NAN;
  }
}

static void series_POW(const place *p, const double *a, const double *b, const double *c, double *r) {
  double *logarithm = spare(p, 0), *exponent = spare(p, 1);
  (void)c;
  const bool rests = is_constant(p, a);
  set_constant(p, rg_power(a[0], b[0]), r);
  if (is_constant(p, b)) {
    if (rests) return;
    if (a[0] == 0.0)
      power_from_zero(p, a, b[0], r);
    else
      power_recurrence(p->n, a, b[0], r);
    return;
  }
  if (rests && a[0] == 0.0) return; /* 0^b is 0 whatever b > 0 is */
  series_LOG(p, a, NULL, NULL, logarithm);
  series_MUL(p, logarithm, b, NULL, exponent);
  for (size_t k = 1; k < p->n; k++) r[k] = convolve_slope(exponent, r, k, k) / (double)k;
}

/* s = w L(x/w), L' = logistic; with a width of 0, which is a sharp corner, x or nothing of it. */
static void series_SOFTPLUS(const place *p, const double *a, const double *b, const double *c, double *r) {
  double *z = spare(p, 0), *slope = spare(p, 1), *w = spare(p, 2), *l = spare(p, 3);
  (void)c;
  if (b[0] == 0.0 && is_constant(p, b)) {
    for (size_t k = 0; k < p->n; k++) r[k] = rg_logistic(a[0] / b[0]) * a[k];
    return;
  }
  series_DIV(p, a, b, NULL, z);
  slope[0] = rg_logistic(z[0]);
  integrate_square(p, z, 0.0, 1.0, -1.0, w, slope);
  l[0] = rg_softplus(z[0], 1.0);
  for (size_t k = 1; k < p->n; k++) l[k] = convolve_slope(z, slope, k, k) / (double)k;
  series_MUL(p, b, l, NULL, r);
  r[0] = rg_softplus(a[0], b[0]);
}

/* --- held ---------------------------------------------------------------------------------------------- */

static void series_CHOOSE(const place *p, const double *a, const double *b, const double *c, double *r) {
  memcpy(r, a[0] != 0.0 ? b : c, p->n * sizeof *r);
}

#define HELD(OP)                                                                                             \
  static void series_##OP(const place *p, const double *a, const double *b, const double *c, double *r) {    \
    (void)c;                                                                                                 \
    set_constant(p, rg_value_##OP(a[0], b[0], 0.0), r);                                                      \
  }
HELD(POSITIVE)
HELD(NOT)
HELD(AND)
HELD(OR)
HELD(FLOOR)

/* --- programs ------------------------------------------------------------------------------------------ */

typedef void recurrence(const place *p, const double *a, const double *b, const double *c, double *r);

/* An opcode is one recurrence or, a pair, two: the inner one on the first operands (LEFT) or the last. */
typedef struct rule {
  recurrence *inner, *outer;
  enum { LEFT, RIGHT } side;
} rule;

static const rule rules[RG_OPCODE_COUNT] = {
#define SINGLE(OP, arity, meaning, by_a, by_b, by_c) [RG_OP_##OP] = {NULL, series_##OP, LEFT},
#define PAIR(OUTER, INNER_, SIDE, meaning)                                                                   \
  [RG_PAIR_##OUTER##_##INNER_##_##SIDE] = {series_##INNER_, series_##OUTER, SIDE},
#include "program/opcodes.def"
};

static void apply(const rule *by, const place *p, const double *const row[RG_MOST_OPERANDS], double *inner,
                  double *r) {
  if (!by->inner) {
    by->outer(p, row[0], row[1], row[2], r);
  } else if (by->side == LEFT) {
    by->inner(p, row[0], row[1], NULL, inner);
    by->outer(p, inner, row[2], NULL, r);
  } else {
    by->inner(p, row[1], row[2], NULL, inner);
    by->outer(p, row[0], inner, NULL, r);
  }
}

size_t rg_taylor_room(const rg_program *program, size_t order) {
  return (program->n_registers + SCRATCH) * (order + 1);
}

static void put_literals(const rg_program *program, const place *p, double *series) {
  for (size_t k = 0; k < program->n_literals; k++)
    set_constant(p, program->literals[k], series + (program->n_inputs + k) * p->n);
}

static int collect(const rg_program *program, const place *p, const double *series, double *outputs) {
  double zero = 0.0;
  for (size_t j = 0; j < program->n_outputs; j++)
    for (size_t k = 0; k < p->n; k++) {
      outputs[j * p->n + k] = series[program->outputs[j] * p->n + k];
      zero += 0.0 * outputs[j * p->n + k];
    }
  return zero != 0.0;
}

int rg_taylor_run(const rg_program *program, size_t order, double *series, double *outputs) {
  const size_t n = order + 1;
  double *scratch = series + program->n_registers * n;
  const place p = {n, scratch + FIRST_SPARE * n};
  put_literals(program, &p, series);
  for (size_t k = 0; k < program->n_runs; k++) {
    const rg_run *run = &program->runs[k];
    const size_t arity = rg_opcode_arity(run->opcode);
    for (uint32_t j = 0; j < run->count; j++) {
      const double *row[RG_MOST_OPERANDS];
      for (size_t o = 0; o < RG_MOST_OPERANDS; o++)
        row[o] = series + run->operands[j * arity + (o < arity ? o : 0)] * n;
      apply(&rules[run->opcode], &p, row, scratch + INNER * n, series + (run->first + j) * n);
    }
  }
  return collect(program, &p, series, outputs);
}
