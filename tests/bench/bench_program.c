/* bench_program.c — nine countries in one world, as a program, against the same equations written in C.
 *
 * The equations are of the kind the crisis model is made of: about 130 operations a country, ten of them
 * exponentials, logarithms, powers and the like, and world markets that tie the countries together.
 */
#include "bench/bench.h"
#include "unit/symbolic/words.h"
/* cmocka first */
#include "program/program.h"

#define COUNTRIES US, GB, FR, DE, JP, SE, IT, KR, BR
#define STATES    z, a, h, K, Y, L, N, g, w, n, p, pe, i, rx
#define PARAMETERS                                                                                           \
  t, oil, zeta, catchup, verdoorn, learning, v, delta, gr, gu, T, share, slope, inertia, bp, pu, markup,     \
      eta, quality, size, opening, epsm, cw, cp, G, by, chi, alpha, bx

enum { COUNTRIES, N_COUNTRIES };

typedef struct country {
  double STATES;
} country;

/* The inputs: numbers only, so that it is a vector as well. */
typedef struct world {
  double PARAMETERS;
  country of[N_COUNTRIES];
} world;

enum {
  N_INPUTS = sizeof(world) / sizeof(double),
  N_RATES = N_COUNTRIES * (sizeof(country) / sizeof(double))
};

/* By hand --------------------------------------------------------------------------------------------- */

static double logistic(double x) { return 1 / (1 + exp(-x)); }

static double softplus(double x, double width) {
  const double s = x / width;
  return s > 0 ? x + width * log1p(exp(-s)) : width * log1p(exp(s));
}

static void rates_by_hand(const world *x, country *rate) {
  double weight[N_COUNTRIES], imports[N_COUNTRIES], all_weights = 0, all_imports = 0;
  const double micro = logistic((x->t - 1977) / 2.5);
  for (int k = 0; k < N_COUNTRIES; k++) {
    const country *c = &x->of[k];
    weight[k] = exp(x->eta * -c->rx + x->quality * (c->h - x->of[US].h)) * pow(c->Y, x->size);
    imports[k] = exp(x->opening * (x->t - 1960) - x->epsm * c->rx) * c->Y * 0.1;
    all_weights += weight[k];
    all_imports += imports[k];
  }
  const double us_real = x->of[US].i - x->of[US].pe;
  for (int k = 0; k < N_COUNTRIES; k++) {
    const country *c = &x->of[k];
    const double u = c->Y * x->v / c->K, e = c->L / c->N, wages = c->w * c->L / c->p, real = c->i - c->pe;
    const double profit = (1 - wages / c->Y) * u / x->v - x->delta;
    const double gK = c->g + x->gr * (profit - 0.1) + x->gu * (u - 1) - 0.25 * (real - 0.02);
    const double ga = c->z + x->catchup * softplus(log(x->of[US].a / c->a), 0.05) +
                      x->verdoorn * (gK - 0.04) + x->learning * c->h * micro;
    const double target = x->markup * (c->w / c->a + x->oil);
    const double gp = x->inertia * c->pe + x->bp * log(target / c->p) + x->pu * (u - 1);
    const double gw = x->alpha * c->pe + x->share * c->n + x->slope * tanh((e / 0.95 - 1) / x->slope);
    const double balance = weight[k] / all_weights * all_imports - imports[k];
    const double consumption = x->cw * wages + x->cp * (c->Y - wages);
    const double demand = consumption + x->G * c->a * c->N + (gK + x->delta) * c->K + balance * exp(c->rx);
    rate[k].z = -x->zeta * c->z;
    rate[k].a = c->a * ga;
    rate[k].h = (0.9 - c->h) / 4;
    rate[k].K = c->K * gK;
    rate[k].Y = c->Y * (x->by * (demand / c->Y - 1) + c->g - softplus(e - 0.995, 0.004));
    rate[k].L = c->L * (x->chi * log(c->Y / (c->a * c->L)) + c->g - ga);
    rate[k].N = c->N * (0.01 + 0.1 * (e - 0.95));
    rate[k].g = (0.5 * (ga + gK) - c->g) / x->T;
    rate[k].w = c->w * gw;
    rate[k].n = (ga - c->n) / x->T;
    rate[k].p = c->p * gp;
    rate[k].pe = (gp - c->pe) / 2;
    rate[k].i = 2 * (0.02 + x->alpha * c->pe + 0.4 * (gp > 0.03 ? gp - 0.03 : 0) - c->i);
    rate[k].rx = -x->bx * (real - us_real) - 0.2 * c->rx;
  }
}

/* As text --------------------------------------------------------------------------------------------- */

static const char *const definitions[][2] = {
    {"weight[k]", "exp(eta*(-rx[k]) + quality*(h[k] - h[US]))*Y[k]^size"},
    {"imports[k]", "exp(opening*(t - 1960) - epsm*rx[k])*Y[k]*0.1"},
};

static const char *const more_definitions[][2] = {
    {"u[k]", "Y[k]*v/K[k]"},
    {"e[k]", "L[k]/N[k]"},
    {"wages[k]", "w[k]*L[k]/p[k]"},
    {"real[k]", "i[k] - pe[k]"},
    {"profit[k]", "(1 - wages[k]/Y[k])*u[k]/v - delta"},
    {"gK[k]", "g[k] + gr*(profit[k] - 0.1) + gu*(u[k] - 1) - 0.25*(real[k] - 0.02)"},
    {"ga[k]", "z[k] + catchup*softplus(log(a[US]/a[k]), 0.05) + verdoorn*(gK[k] - 0.04)"
              " + learning*h[k]*logistic((t - 1977)/2.5)"},
    {"target[k]", "markup*(w[k]/a[k] + oil)"},
    {"gp[k]", "inertia*pe[k] + bp*log(target[k]/p[k]) + pu*(u[k] - 1)"},
    {"gw[k]", "alpha*pe[k] + share*n[k] + slope*tanh((e[k]/0.95 - 1)/slope)"},
    {"balance[k]", "weight[k]/all_weights*all_imports - imports[k]"},
    {"consumption[k]", "cw*wages[k] + cp*(Y[k] - wages[k])"},
    {"demand[k]", "consumption[k] + G*a[k]*N[k] + (gK[k] + delta)*K[k] + balance[k]*exp(rx[k])"},
};

static const char *const rates[] = {
    "-zeta*z[k]",
    "a[k]*ga[k]",
    "(0.9 - h[k])/4",
    "K[k]*gK[k]",
    "Y[k]*(by*(demand[k]/Y[k] - 1) + g[k] - softplus(e[k] - 0.995, 0.004))",
    "L[k]*(chi*log(Y[k]/(a[k]*L[k])) + g[k] - ga[k])",
    "N[k]*(0.01 + 0.1*(e[k] - 0.95))",
    "(0.5*(ga[k] + gK[k]) - g[k])/T",
    "w[k]*gw[k]",
    "(ga[k] - n[k])/T",
    "p[k]*gp[k]",
    "(gp[k] - pe[k])/2",
    "2*(0.02 + alpha*pe[k] + 0.4*max(0, gp[k] - 0.03) - i[k])",
    "-bx*(real[k] - (i[US] - pe[US])) - 0.2*rx[k]",
};

/* The names of a list above, one after the other: "US", "GB", ...; NULL after the last. */
#define TEXT(...)   #__VA_ARGS__
#define NAMES(list) TEXT(list)

static const char *next_name(words *w, const char **list) {
  *list += strspn(*list, ", ");
  const size_t length = strcspn(*list, ",");
  const char *name = rg_arena_text_n(w->arena, *list, length);
  *list += length;
  return length ? name : NULL;
}

/* What the names defined so far stand for, by symbol. */
typedef struct notebook {
  words *words;
  rg_node value[1000];
  bool defined[1000];
} notebook;

static bool look_up(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const notebook *book = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL || !book->defined[rg_node_symbol(graph, node)]) return false;
  *by = book->value[rg_node_symbol(graph, node)];
  return true;
}

/* The text with its `[k]` made `[US]`. */
static const char *of_country(words *w, const char *text, const char *name) {
  const char *out = "", *place;
  for (; (place = strstr(text, "[k]")); text = place + 3)
    out = rg_arena_printf(w->arena, "%s%.*s[%s]", out, (int)(place - text), text, name);
  return rg_arena_printf(w->arena, "%s%s", out, text);
}

static rg_node read_node(notebook *book, const char *text) {
  rg_node_list cache = {0};
  return rg_substitute(book->words->graph, words_node(book->words, text), look_up, book, &cache);
}

static void define(notebook *book, const char *name, const char *text) {
  const rg_node value = read_node(book, text);
  const uint32_t symbol = words_symbol(book->words, name);
  book->value[symbol] = value;
  book->defined[symbol] = true;
}

static void define_for_all(notebook *book, const char *const (*list)[2], size_t count) {
  words *w = book->words;
  for (const char *rest = NAMES(COUNTRIES), *name; (name = next_name(w, &rest));)
    for (size_t k = 0; k < count; k++)
      define(book, of_country(w, list[k][0], name), of_country(w, list[k][1], name));
}

static void define_world_sum(notebook *book, const char *name, const char *term) {
  words *w = book->words;
  const char *sum = "0";
  for (const char *rest = NAMES(COUNTRIES), *of; (of = next_name(w, &rest));)
    sum = rg_arena_printf(w->arena, "%s + %s", sum, of_country(w, term, of));
  define(book, name, sum);
}

/* The inputs take the first numbers, in the order of `world`. */
static void number_inputs(words *w) {
  const char *name, *of;
  for (const char *rest = NAMES(PARAMETERS); (name = next_name(w, &rest));) words_symbol(w, name);
  for (const char *countries = NAMES(COUNTRIES); (of = next_name(w, &countries));)
    for (const char *rest = NAMES(STATES); (name = next_name(w, &rest));)
      words_symbol(w, rg_arena_printf(w->arena, "%s[%s]", name, of));
}

static void read_rates(words *w, rg_node *out) {
  notebook book = {.words = w};
  number_inputs(w);
  define_for_all(&book, definitions, sizeof definitions / sizeof *definitions);
  define_world_sum(&book, "all_weights", "weight[k]");
  define_world_sum(&book, "all_imports", "imports[k]");
  define_for_all(&book, more_definitions, sizeof more_definitions / sizeof *more_definitions);
  for (const char *rest = NAMES(COUNTRIES), *name; (name = next_name(w, &rest));)
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++)
      *out++ = read_node(&book, of_country(w, rates[k], name));
}

/* Both at work ---------------------------------------------------------------------------------------- */

typedef struct contest {
  world at;
  country by_hand[N_COUNTRIES];
  const rg_program *program;
  double *registers, *outputs;
} contest;

static void run_by_hand(void *self) {
  contest *c = self;
  rates_by_hand(&c->at, c->by_hand);
}

static void run_program(void *self) {
  contest *c = self;
  memcpy(c->registers, &c->at, sizeof c->at);
  if (rg_program_run(c->program, c->registers, c->outputs)) abort();
}

static world some_world(void) {
  world x = {.t = 1976,
             .oil = 0.03,
             .zeta = 0.03,
             .catchup = 0.04,
             .verdoorn = 0.12,
             .learning = 0.02,
             .v = 2.5,
             .delta = 0.05,
             .gr = 0.2,
             .gu = 0.03,
             .T = 9,
             .share = 0.9,
             .slope = 0.05,
             .inertia = 0.6,
             .bp = 0.4,
             .pu = 0.2,
             .markup = 1.2,
             .eta = 1.7,
             .quality = 0.7,
             .size = 0.7,
             .opening = 0.02,
             .epsm = 1.1,
             .cw = 0.6,
             .cp = 0.2,
             .G = 0.15,
             .by = 2.5,
             .chi = 1,
             .alpha = 1.1,
             .bx = 0.1};
  for (int k = 0; k < N_COUNTRIES; k++) {
    const double s = 1.0 / (1 + k);
    x.of[k] = (country){.z = 0.02,
                        .a = 0.5 + s,
                        .h = 0.1 * k,
                        .K = 2.5 * s,
                        .Y = s,
                        .L = 0.93 * s,
                        .N = s,
                        .g = 0.03,
                        .w = 0.6,
                        .n = 0.02,
                        .p = 1 + 0.1 * k,
                        .pe = 0.05,
                        .i = 0.06,
                        .rx = 0.02 * k};
  }
  return x;
}

static contest make_contest(words *w, const rg_node *outputs, size_t n_outputs) {
  contest c = {.at = some_world(),
               .program = rg_program_compile(w->arena, w->graph, outputs, n_outputs, N_INPUTS)};
  c.registers = RG_NEW_ARRAY(w->arena, double, rg_program_registers(c.program));
  c.outputs = RG_NEW_ARRAY(w->arena, double, n_outputs);
  rg_program_prepare(c.program, c.registers);
  return c;
}

/* A race between different things would prove nothing. */
static void compare_answers(contest *c) {
  run_by_hand(c);
  run_program(c);
  const double *by_hand = (const double *)c->by_hand;
  for (size_t k = 0; k < N_RATES; k++)
    if (!(fabs(by_hand[k] - c->outputs[k]) <= 1e-13 * fmax(1, fabs(by_hand[k])))) {
      fprintf(stderr, "rate %zu: %.17g by hand, %.17g by the program\n", k, by_hand[k], c->outputs[k]);
      exit(1);
    }
}

/* All derivatives of the rates by states that are not zero everywhere. */
static size_t make_jacobian(words *w, const rg_node *rate, rg_node *out) {
  size_t count = 0;
  for (size_t k = 0; k < N_RATES; k++)
    for (uint32_t symbol = N_INPUTS - N_RATES; symbol < N_INPUTS; symbol++)
      if (rg_node_depends(w->graph, rate[k], symbol)) out[count++] = rg_derivative(w->graph, rate[k], symbol);
  return count;
}

int main(void) {
  static rg_node rate[N_RATES], derivative[N_RATES * N_RATES];
  void *state;
  if (words_setup(&state)) return 1;
  words *w = state;
  read_rates(w, rate);
  contest rates_contest = make_contest(w, rate, N_RATES);
  compare_answers(&rates_contest);
  bench_ratio("rates: program to C", run_program, &rates_contest, run_by_hand, &rates_contest);
  contest jacobian = make_contest(w, derivative, make_jacobian(w, rate, derivative));
  bench_ratio("Jacobian to rates, programs both", run_program, &jacobian, run_program, &rates_contest);
  printf("%zu instructions for the rates, %zu for %zu derivatives\n",
         rg_program_instructions(rates_contest.program), rg_program_instructions(jacobian.program),
         rg_program_outputs(jacobian.program));
  return words_teardown(&state);
}
