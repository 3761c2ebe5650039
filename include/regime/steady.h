/* steady.h — equilibria of a system: all that lie in a box, what they are, and how they answer.
 *
 *   regime_steady_options o = regime_steady_defaults();
 *   o.low = low; o.high = high;                              // the box
 *   regime_steady *found;
 *   if (regime_steady_find(context, &system, &o, &found) != REGIME_OK) ...
 *   for (size_t k = 0; k < regime_steady_count(found); k++) use(regime_steady_at(found, k));
 *
 * An equilibrium of a flow is a zero of f, that of a map a fixed point of next, under the law of one instant
 * t. Newton's method with the exact Jacobian starts from a quasi-random (Sobol) design of the box; what it
 * has found is deflated away (Farrell, Birkisson and Funke 2015), so that the same start may find another.
 * Each is polished until residual and Newton step are near rounding. What this guarantees: every state
 * returned is one. That there are no others in the box is made likely, not proved.
 */
#ifndef REGIME_STEADY_H
#define REGIME_STEADY_H

#include <regime/context.h>
#include <regime/system.h>

/* What an equilibrium is, in any number of dimensions. Distance from the border is the real part of an
 * eigenvalue, of a map the logarithm of its modulus; the one nearest to the border leads on its side.
 *   stable node, stable focus       all are stable; the leading one is real, or of a pair
 *   unstable node, unstable focus   all are unstable; likewise
 *   saddle, saddle focus            both; the leading ones are real, or one of them is of a pair
 *   centre                          of two states of a flow: a pair on the border, and orbits round it close
 *   non-hyperbolic                  one on the border otherwise: the eigenvalues do not decide
 * One state has nodes only. Directions along which nothing is decided (of a line, of what is conserved) are
 * not counted. */
#define REGIME_REST_LIST(X)                                                                                  \
  X(STABLE_NODE, "stable node")                                                                              \
  X(STABLE_FOCUS, "stable focus")                                                                            \
  X(SADDLE, "saddle")                                                                                        \
  X(SADDLE_FOCUS, "saddle focus")                                                                            \
  X(CENTRE, "centre")                                                                                        \
  X(UNSTABLE_NODE, "unstable node")                                                                          \
  X(UNSTABLE_FOCUS, "unstable focus")                                                                        \
  X(NON_HYPERBOLIC, "non-hyperbolic")

typedef enum regime_rest {
#define REGIME_REST_ENUM(name, text) REGIME_##name,
  REGIME_REST_LIST(REGIME_REST_ENUM)
#undef REGIME_REST_ENUM
} regime_rest;
const char *regime_rest_text(regime_rest type);

typedef struct regime_equilibrium {
  const double *state;   /* n_states */
  const double *outputs; /* n_outputs: what the system shows of itself there */
  double residual;       /* largest |f_i|, or |next_i - x_i|, against 1 + |x_i| */
  double step;           /* the Newton step from here, likewise */
  /* Eigenvalues of the exact Jacobian, those that decide first: by falling real part, of a map by falling
   * modulus; a pair with the positive imaginary part first. Vectors right and left, column-major n_states *
   * n_eigen in LAPACK's packing: column k real, or columns k and k+1 real and imaginary part; of length 1,
   * and zero in states that drift. NaN where the Jacobian has no eigenvalues to working precision. */
  const double *eigen_re, *eigen_im, *right, *left;
  size_t n_eigen; /* n_states without those that drift */
  size_t n_unstable;
  regime_rest type;
  bool is_stable;         /* all eigenvalues that count are in the stable half plane, or the unit circle */
  bool is_on_kink;        /* a switch is at zero: the eigenvalues are of one side only */
  const double *response; /* d output / d parameter, [j * n_outputs + i] for parameter j of the options, with
                             what is conserved held; NULL when not asked for, or the Jacobian is singular */
} regime_equilibrium;

typedef struct regime_steady_options {
  double t;                 /* the instant whose law holds */
  const double *low, *high; /* n_states: the box; required */
  const double *start;      /* n_states: one more start, tried first; NULL: where the system starts */
  size_t starts;            /* how many others; 0: 64 and 16 more a state, fewer beyond 30 states; and more
                               as long as there is news */
  unsigned seed;            /* of the scrambling of the design; the same seed, the same answer */
  double tolerance;         /* of residual and step; 1e-10 */
  size_t n_responses;
  const size_t *response; /* numbers of parameters */
} regime_steady_options;

regime_steady_options regime_steady_defaults(void);

typedef struct regime_steady regime_steady;

/* *out is yours; NULL on failure. Finding none is not a failure. NO_MEMORY, BAD_ARGUMENT (an empty box, no
 * such parameter), and whatever system->start answers. */
REGIME_MUST_CHECK regime_status regime_steady_find(regime_context *context, regime_system *system,
                                                   const regime_steady_options *options, regime_steady **out);
void regime_steady_free(regime_steady *steady); /* takes NULL */

/* In order of their states, the first state first. Borrowed. */
size_t regime_steady_count(const regime_steady *steady);
const regime_equilibrium *regime_steady_at(const regime_steady *steady, size_t k);

/* How the search went, which also tells what an answer "none" is worth. */
typedef struct regime_steady_search {
  size_t starts, converged; /* of the starts, how many led to an equilibrium, of those there are */
  size_t outside;           /* led to one outside the box */
  size_t stalled;           /* came to rest where the residual is small against nothing: no equilibrium */
  size_t undefined;         /* had no value */
  bool is_line;             /* equilibria that are not isolated: a whole line of them passes, one is shown */
  double smallest; /* where a search came nearest to rest without an equilibrium, each equation against what
                      is typical of it in the box: what the worst equation is off by, and ... */
  size_t worst;    /* ... the state whose equation that is. 0 and 0 when no search stalled */
  size_t n_conserved;   /* combinations of states the law never changes: they are as at the first start */
  bool depends_on_time; /* the law itself moves with t: what is found rests only if time stood still */
  const bool *drifts; /* n_states: a stock that nothing looks at and that moves for ever; it was left out, and
                         the equilibria are those of the others (quasi-steady states) */
  size_t n_drifts;
} regime_steady_search;
const regime_steady_search *regime_steady_looked(const regime_steady *steady);

/* ---- balanced growth --------------------------------------------------------------------------------------
 *
 * A law that looks the same after every x_i is stretched by exp(g_i s) and shifted by h_i s (levels grow,
 * ratios rest), and after time has gone on by q s, has such a *scaling*. They form a linear space, found by
 * least squares from the exact Jacobian at many points: J (g o x + h) + q f_t = g o f. A balanced path is a
 * state from which the flow is along a scaling: f = g o x + h with q = 1 or 0. In the coordinates that rest
 * along it (x_i exp(-g_i s) - h_i s) it is an equilibrium, with eigenvalues of its own. Of a map: next(x) =
 * exp(g) o x + h (exp(g) - 1)/g. What rests altogether is an equilibrium and not found here; of a family of
 * paths one is.
 */
typedef struct regime_balanced {
  const double *state, *outputs; /* a point on the path */
  const double *growth;          /* n_states: g_i, a rate a unit of time; 0 where a state rests or drifts */
  const double *drift;           /* n_states: h_i, the change in a unit of time of one that grows linearly */
  const double *eigen_re, *eigen_im; /* n_states - n_scalings: of the path, without its own directions */
  size_t n_eigen;
  double residual, step;
  regime_rest type;
  bool is_stable;
} regime_balanced;

typedef struct regime_growth regime_growth;
REGIME_MUST_CHECK regime_status regime_growth_find(regime_context *context, regime_system *system,
                                                   const regime_steady_options *options, regime_growth **out);
void regime_growth_free(regime_growth *growth); /* takes NULL */
size_t
regime_growth_scalings(const regime_growth *growth); /* the dimension of that space; 0: nothing can grow */
size_t regime_growth_count(const regime_growth *growth);
const regime_balanced *regime_growth_at(const regime_growth *growth, size_t k);

#endif
