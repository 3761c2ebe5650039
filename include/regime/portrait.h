/* portrait.h — phase portraits: a system in the plane of two of its states, and where its paths go.
 *
 *   regime_portrait_options o = regime_portrait_defaults();
 *   o.x = 0; o.y = 1; o.low = low; o.high = high;            // the box; that of x and y is the window
 *   regime_portrait *portrait;
 *   if (regime_portrait_draw(context, &system, &o, &portrait) != REGIME_OK) ...
 *   for (size_t k = 0; k < portrait->n_trajectories; k++) use(&portrait->trajectory[k]);
 *   regime_portrait_free(portrait);
 *
 * The law is that of one instant t; time stands still. Field and nullclines are seen in the plane, the other
 * states held or solved for at each (x, y). Everything that moves (manifolds, trajectories, cycles, basins)
 * moves in all states and is shown by its shadow on the plane, so that with more than two states curves may
 * cross; with two they do not.
 *
 * Results are plain structs owned by what is freed; pointers in them are borrowed. Lengths "of the box" are
 * measured with each state's own width, so that 1 is the width of the window. Every number is determined by
 * the question: the same question, the same bits.
 */
#ifndef REGIME_PORTRAIT_H
#define REGIME_PORTRAIT_H

#include <regime/context.h>
#include <regime/steady.h>
#include <regime/system.h>

/* ---- where a path ends ---- */

#define REGIME_FATE_LIST(X)                                                                                  \
  X(FATE_EQUILIBRIUM, "equilibrium")                                                                         \
  X(FATE_CYCLE, "cycle")                                                                                     \
  X(FATE_CLOSED, "closed orbit")                                                                             \
  X(FATE_BOUNDED, "bounded, does not settle")                                                                \
  X(FATE_LEAVES, "leaves")                                                                                   \
  X(FATE_DIVERGES, "diverges")                                                                               \
  X(FATE_UNDEFINED, "no value further on")                                                                   \
  X(FATE_UNKNOWN, "not known")

typedef enum regime_fate_kind {
#define REGIME_FATE_ENUM(name, text) REGIME_##name,
  REGIME_FATE_LIST(REGIME_FATE_ENUM)
#undef REGIME_FATE_ENUM
} regime_fate_kind;
const char *regime_fate_text(regime_fate_kind kind);

/* number: of the equilibrium, the cycle, or in basins the attractor; SIZE_MAX where there is none. A closed
 * orbit is one of a family, as around a centre: neighbours of it are closed too, and it has no number.
 * LEAVES: it went further from the box than the options allow; it may come back. UNKNOWN: undecided within
 * the longest length. */
typedef struct regime_fate {
  regime_fate_kind kind;
  size_t number;
} regime_fate;

/* x and y of point k: xy[2*k], xy[2*k + 1]. Points of a flow are evenly spaced along the curve. */
typedef struct regime_curve {
  size_t n_points;
  const double *xy;
} regime_curve;

typedef struct regime_loop {
  regime_fate_kind kind; /* CYCLE; or BOUNDED, of what does not settle: an invariant circle, chaos */
  regime_curve curve;    /* once round, the first point again at the end; of a map its points, each once */
  const double *state;   /* n_states: a point on it */
  double period;         /* in time; of a map in periods; NaN of what is only bounded */
  bool is_stable;        /* false: paths come to it backwards in time only */
  double multiplier;     /* of the return map in the plane; NaN with more than two states, and of maps */
} regime_loop;

/* ---- a portrait ---- */

typedef enum regime_others {
  REGIME_OTHERS_NONE,  /* there are only two states */
  REGIME_OTHERS_HELD,  /* the other states are held */
  REGIME_OTHERS_SOLVED /* ... or at their quasi-equilibrium: where their own equations rest, given x and y */
} regime_others;

typedef struct regime_portrait_options {
  double t;                 /* the instant whose law holds */
  size_t x, y;              /* two different states */
  const double *low, *high; /* n_states: the box, in which equilibria are looked for too; required */
  const double *held;       /* n_states: where the others are held, or the search for them starts; NULL: where
                               the system starts */
  bool solve_others;
  size_t arrows;       /* of the direction field, a side of the grid; 20 */
  bool nullclines;     /* true */
  bool manifolds;      /* true */
  size_t n_starts;     /* of given trajectories, ... */
  const double *start; /* ... n_starts * 2: x, y, row after row */
  bool automatic;      /* true: further trajectories, spread evenly */
  double apart;        /* their distance, of the box; 0.07, at least 0.01 */
  double margin;       /* a path further from the box than this has left; of the box; 1 */
  double longest;      /* of the box: beyond it a fate is not known; 60 (of a map: thousands of periods) */
} regime_portrait_options;

regime_portrait_options regime_portrait_defaults(void);

typedef struct regime_nullcline {
  size_t state; /* whose change is zero: options.x or options.y */
  regime_curve curve;
  bool is_closed;
} regime_nullcline;

typedef struct regime_manifold {
  size_t equilibrium; /* of which, its number */
  bool is_stable;     /* a stable manifold; in the plane, a separatrix */
  int side;           /* +1 along the eigenvector, -1 against it */
  regime_curve curve; /* from the equilibrium outwards */
  regime_fate fate;   /* of the outer end */
} regime_manifold;

typedef struct regime_trajectory {
  double start[2];
  regime_curve curve;   /* in the direction of time; an automatic one ends where it comes too near another */
  regime_fate from, to; /* where the whole path comes from (flows of two states; else UNKNOWN), and goes */
  bool is_given;        /* from options.start */
} regime_trajectory;

typedef struct regime_portrait {
  size_t x, y;
  bool is_map;
  regime_others others;
  const double *held; /* n_states */
  /* The field on arrows * arrows points, at number j*arrows + i the i-th x and j-th y: the change of x and y
   * (of a map, in a period). NaN where there is no value, or the others have no quasi-equilibrium. */
  size_t arrows;
  const double *at_x, *at_y; /* arrows each */
  const double *dx, *dy;     /* arrows * arrows */
  size_t n_nullclines;
  const regime_nullcline *nullcline;
  size_t n_equilibria; /* all found in the box, by regime_steady_find */
  const regime_equilibrium *const *equilibrium;
  size_t n_cycles;
  const regime_loop *cycle;
  size_t n_manifolds;
  const regime_manifold *manifold;
  size_t n_trajectories; /* of a map, orbits: points in the order of periods */
  const regime_trajectory *trajectory;
  bool is_interrupted; /* part of it is missing */
  void *memory;        /* private */
} regime_portrait;

/* *out is yours; NULL on failure. Points of nullclines are zeros of the exact right-hand side to 1e-10 of the
 * window; jumps of it across zero are none. Manifolds of dimension one are followed: of a flow both kinds, of
 * a map the unstable ones. What is not found: nullclines that close within a 64th of the window, cycles that
 * none of the paths followed comes to. BAD_ARGUMENT (an empty box, no such states), NO_MEMORY, and whatever
 * system->start answers. */
REGIME_MUST_CHECK regime_status regime_portrait_draw(regime_context *context, regime_system *system,
                                                     const regime_portrait_options *options,
                                                     regime_portrait **out);
void regime_portrait_free(regime_portrait *portrait); /* takes NULL */

/* ---- basins ---- */

typedef struct regime_basin_options {
  double t;
  size_t x, y;              /* the two states that vary over the grid of starts */
  const double *low, *high; /* n_states: the box; required */
  const double *held;       /* n_states: where the others start; NULL: where the system starts */
  size_t n_x, n_y;          /* starts a side; 100 each */
  double margin;            /* as above; 10 */
  double longest;           /* as above; 200 */
} regime_basin_options;

regime_basin_options regime_basin_defaults(void);

typedef struct regime_attractor {
  regime_fate_kind kind; /* EQUILIBRIUM, CYCLE or BOUNDED */
  const double *state;   /* n_states: a point of it */
  double period;         /* of a cycle; NaN */
  regime_curve curve;    /* its shadow; of an equilibrium one point */
  size_t n_starts;       /* of the grid, that reach it */
} regime_attractor;

typedef struct regime_basins {
  size_t x, y, n_x, n_y;
  const double *at_x, *at_y; /* n_x and n_y: centres of equal cells that fill the window */
  const regime_fate *fate;   /* n_x * n_y, j*n_x + i; number: of the attractor */
  size_t n_attractors;
  const regime_attractor *attractor;
  bool is_interrupted; /* starts not looked at are UNKNOWN */
  void *memory;        /* private */
} regime_basins;

/* Which attractor each start of a grid reaches. A path has reached an equilibrium when it enters a
 * neighbourhood in which a quadratic Lyapunov function was seen to fall everywhere it was sampled; a cycle
 * when its returns to a section converge; something bounded when it keeps to cells of the box (a 100th of its
 * width) that were visited before (Datseris and Wagemakers 2022). As regime_portrait_draw. */
REGIME_MUST_CHECK regime_status regime_basins_find(regime_context *context, regime_system *system,
                                                   const regime_basin_options *options, regime_basins **out);
void regime_basins_free(regime_basins *basins); /* takes NULL */

/* ---- attractors over a parameter ---- */

typedef struct regime_sweep_options {
  double t;
  size_t parameter; /* its number */
  double from, to;
  size_t n_values;     /* of the parameter, ends included; 400 */
  size_t state;        /* which is shown */
  const double *start; /* n_states; NULL: where the system starts */
  bool carry;          /* each value starts where the one before ended: an attractor is followed */
  double transient;    /* time, or periods of a map, not shown; 500 */
  double time;         /* ... and shown; 200 */
} regime_sweep_options;

regime_sweep_options regime_sweep_defaults(void);

/* Points of the diagram in the order of the parameter: of a map the state in each period, of a flow its local
 * maxima, or its last value where it has none. */
typedef struct regime_sweep {
  size_t n_points;
  const double *parameter, *value;
  size_t n_lost; /* values of the parameter where the path diverged or lost its values: they have no points */
  bool is_interrupted;
  void *memory; /* private */
} regime_sweep;

/* As regime_portrait_draw; BAD_ARGUMENT too when the system cannot move that parameter. */
REGIME_MUST_CHECK regime_status regime_attractors_sweep(regime_context *context, regime_system *system,
                                                        const regime_sweep_options *options,
                                                        regime_sweep **out);
void regime_sweep_free(regime_sweep *sweep); /* takes NULL */

#endif
