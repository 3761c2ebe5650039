/* branch.h — how equilibria, fixed points and cycles move with a parameter, and where they change their kind.
 *
 *   regime_branch_options o = regime_branch_defaults();
 *   o.parameter = 3; o.from = 0.0; o.to = 2.0;
 *   o.start = state; o.n_starts = 1;
 *   regime_diagram *diagram;
 *   if (regime_branch_follow(context, &system, &o, &diagram) != REGIME_OK) ...
 *
 * Pseudo-arclength continuation (Keller 1977; Allgower and Georg 1990) with the exact Jacobian. Special
 * points are located to 1e-8 in the parameter by Newton's method on the equations that define them (Govaerts
 * 2000; Kuznetsov 2004), with the normal-form coefficient that says what is born there:
 *
 *   fold            two equilibria meet
 *   branch          another branch crosses; it is followed too
 *   pitchfork       the same, and the other does not move with the parameter there
 *   hopf            a cycle is born; coefficient: first Lyapunov coefficient
 *   flip            (maps, cycles) the period doubles
 *   neimark-sacker  (maps, cycles) an invariant circle is born
 *   corner          a switch turns, and with it stability changes at once: no eigenvalue is critical there
 *
 * Coefficients are those of Kuznetsov (2004), sec. 3.3 and 5.4, with the critical vector of length 1 in the
 * units of the states: of a fold or branch point the quadratic one, a = <p, B(q,q)>/2; of a pitchfork or cusp
 * the cubic one; of a Hopf point l1 (eq. 5.34); of a flip b, of a Neimark-Sacker point d (sec. 5.4.2), which
 * a strong resonance (period 3 or 4) has not. Pitchforks, Hopf and Neimark-Sacker points are supercritical
 * where it is negative, flips where it is positive. A branch point without a coefficient is one at which more
 * than one eigenvalue is zero: what crosses there is not followed.
 *
 * What a diagram guarantees: every point of a branch solves F(x; p) = 0 with residual and step below the
 * tolerance; from one point of a branch to the next the number of unstable eigenvalues changes only at points
 * that are reported, which are points of the branch too. Branches outside the box or reached by none of the
 * starts are not found. Of eigenvalues that go out and come back within one step most are noticed.
 *
 * What the law conserves (closed accounts) keeps the value it has at the start; its eigenvalues are shown as
 * 0, of a map as 1, and count as stable.
 *
 * With `second`, the fold and Hopf (flip and Neimark-Sacker) points found are followed in both parameters,
 * from the second's present value, which its range must hold. Of flows cusps, Bogdanov-Takens and generalised
 * Hopf points are located on them, the last as well as third derivatives are known (field.h: 1e-6 relative
 * where the system has no Taylor coefficients); of maps cusps.
 */
#ifndef REGIME_BRANCH_H
#define REGIME_BRANCH_H

#include <regime/context.h>
#include <regime/steady.h>
#include <regime/system.h>

#define REGIME_POINT_LIST(X)                                                                                 \
  X(POINT_FOLD, "fold")                                                                                      \
  X(POINT_HOPF, "hopf")                                                                                      \
  X(POINT_BRANCH, "branch")                                                                                  \
  X(POINT_PITCHFORK, "pitchfork")                                                                            \
  X(POINT_FLIP, "flip")                                                                                      \
  X(POINT_NEIMARK_SACKER, "neimark-sacker")                                                                  \
  X(POINT_CUSP, "cusp")                                                                                      \
  X(POINT_BOGDANOV_TAKENS, "bogdanov-takens")                                                                \
  X(POINT_GENERALISED_HOPF, "generalised hopf")                                                              \
  X(POINT_FOLD_OF_CYCLES, "fold")                                                                            \
  X(POINT_PERIOD_DOUBLING, "flip")                                                                           \
  X(POINT_TORUS, "neimark-sacker")                                                                           \
  X(POINT_HOMOCLINIC, "homoclinic")                                                                          \
  X(POINT_CORNER, "corner")

typedef enum regime_point {
#define REGIME_POINT_ENUM(name, text) REGIME_##name,
  REGIME_POINT_LIST(REGIME_POINT_ENUM)
#undef REGIME_POINT_ENUM
} regime_point;
const char *regime_point_text(regime_point type); /* what happens to a cycle is called as it is at rest */

typedef enum regime_criticality {
  REGIME_NOT_CRITICAL, /* the type has none */
  REGIME_SUPERCRITICAL,
  REGIME_SUBCRITICAL,
  REGIME_DEGENERATE /* the coefficient is zero to its own accuracy */
} regime_criticality;
const char *regime_criticality_text(regime_criticality criticality); /* "" where there is none */

typedef struct regime_special {
  regime_point type;
  double parameter; /* and along a curve in two: */
  double second;    /* NaN when there is one parameter only */
  const double *state, *outputs;
  double period;      /* of the cycle born (linear: 2 pi / omega); NaN: none */
  double coefficient; /* of the normal form; NaN where the type has none */
  regime_criticality criticality;
  size_t
      branch; /* on which it lies; or the number of the family of cycles, or of the curve in two parameters */
  double error; /* Newton's last step, in units of the states' sizes and the parameter's range */
} regime_special;
bool regime_special_is_of_cycle(
    const regime_special *special); /* something happens to a cycle, not at rest */

typedef struct regime_branch_point {
  double parameter, second; /* second NaN but on a curve in two parameters */
  const double *state, *outputs, *eigen_re, *eigen_im;
  size_t n_unstable;
  bool is_stable;
} regime_branch_point;

/* Why a branch ends. */
#define REGIME_END_LIST(X)                                                                                   \
  X(END_OF_RANGE, "the parameter reached the end of its range")                                              \
  X(END_OF_BOX, "a state left its bounds")                                                                   \
  X(END_CLOSED, "the branch closed on itself")                                                               \
  X(END_UNDEFINED, "the equations have no value further on")                                                 \
  X(END_STEP, "no step however short could be taken")                                                        \
  X(END_POINTS, "the number of points is used up")                                                           \
  X(END_INTERRUPTED, "it was interrupted")                                                                   \
  X(END_LONG_PERIOD, "the period grows without end: a homoclinic orbit")                                     \
  X(END_SHRINKS, "the cycle shrinks to a point")                                                             \
  X(END_KNOWN, "it joins a branch that is there already")                                                    \
  X(END_REAL_PAIR, "the pair of eigenvalues becomes real there")

typedef enum regime_end {
#define REGIME_END_ENUM(name, text) REGIME_##name,
  REGIME_END_LIST(REGIME_END_ENUM)
#undef REGIME_END_ENUM
} regime_end;
const char *regime_end_text(regime_end end);

typedef struct regime_branch_options {
  double t;
  size_t parameter;
  double from, to; /* range of the parameter; the starts are equilibria at from */
  size_t n_starts;
  const double *start; /* n_starts * n_states, near equilibria at `from`: row after row; polished first */
  const double *low, *high;           /* n_states: the box; NULL: none */
  double largest_step, smallest_step; /* of arclength, the range of the parameter and the mean size of the
                                         states being 1; 0: a 50th, and a 1e-8th of that */
  size_t most_points;                 /* of a branch; 500 */
  double tolerance;                   /* 1e-10 */
  bool cycles;   /* follow the cycles born at Hopf points (maps: the orbits of period two at flips, and on) */
  size_t second; /* REGIME_NO_PARAMETER, or another parameter: fold and Hopf curves in the two */
  double second_from, second_to;
} regime_branch_options;
regime_branch_options regime_branch_defaults(void);

typedef struct regime_branch {
  size_t n_points;
  const regime_branch_point *point;
  regime_end end[2]; /* of its first and its last point */
  long parent;       /* number of the special point it branches off at; -1: none */
  regime_point kind; /* curves in two parameters: POINT_FOLD, POINT_HOPF, POINT_FLIP, POINT_NEIMARK_SACKER */
} regime_branch;

typedef struct regime_cycle_point {
  double parameter, period;
  const double *multiplier_re,
      *multiplier_im;              /* n_states, by falling modulus; the trivial one is among them */
  const double *low, *high, *mean; /* n_outputs: extremes and mean over the cycle */
  bool is_stable;
  double error; /* how far the trivial multiplier is from 1: the judge of the others */
} regime_cycle_point;

typedef struct regime_cycles {
  size_t n_points;
  const regime_cycle_point *point;
  long born_at; /* number of the special point; -1: from a simulation */
  regime_end end;
} regime_cycles;

typedef struct regime_diagram regime_diagram;
/* *out is yours; NULL on failure. BAD_ARGUMENT (no such parameter, an empty range, no start), NO_CONVERGENCE
 * (no start is near an equilibrium at `from`), NO_MEMORY, and whatever system->start answers. A branch that
 * ends is not a failure. */
REGIME_MUST_CHECK regime_status regime_branch_follow(regime_context *context, regime_system *system,
                                                     const regime_branch_options *options,
                                                     regime_diagram **out);
void regime_diagram_free(regime_diagram *diagram); /* takes NULL */
size_t regime_diagram_specials(const regime_diagram *diagram);
const regime_special *regime_diagram_special(const regime_diagram *diagram, size_t k);
size_t regime_diagram_branches(const regime_diagram *diagram);
const regime_branch *regime_diagram_branch(const regime_diagram *diagram, size_t k);
size_t regime_diagram_cycles(const regime_diagram *diagram);
const regime_cycles *regime_diagram_cycle(const regime_diagram *diagram, size_t k);
/* Curves in two parameters, through the fold and Hopf points found along the first. */
size_t regime_diagram_curves(const regime_diagram *diagram);
const regime_branch *regime_diagram_curve(const regime_diagram *diagram, size_t k);

#endif
