/* sides.h — on which side of zero each crossing function is, and which have just crossed.
 *
 * The functions are the system's: its switches first, then its events. Their signs are kept here, beside the
 * root finder of CVODES, because values alone do not tell what happens at an instant:
 *
 *   - A function whose zero was just located is zero up to rounding. It is on the side the flow takes it to,
 *     not on the side rounding left it: else one crossing would be found twice, or the next one missed.
 *   - A jump (a date, an event, an `if` that turned) can carry a function across zero. That is a crossing
 * too, at that very instant.
 *   - An event whose function is exactly zero and leaves has not crossed; one whose function reaches zero
 * has. A switch keeps its side at zero.
 *   - A function at rest on zero, as in an equilibrium on a kink, trembles about it by rounding. After one
 *     crossing it stays where it is until it is further from zero than the tolerances can tell.
 */
#ifndef RG_SIDES_H
#define RG_SIDES_H

#include <regime/system.h>

typedef struct rg_function {
  int side;       /* -1 or +1; 0: on zero */
  bool open;      /* something happened to it at this instant; where it goes, the next stretch decides */
  int crossed;    /* direction of a crossing nobody has acted on yet; 0: none */
  bool located;   /* its last crossing was found by the root finder, just now */
  bool at_zero;   /* the flow decided its side */
  bool retired;   /* an event that happens once, and has */
  int passing;    /* an event, against its direction, when the root finder last looked; else 0 */
  double residue; /* how far from zero the root finder left it; 0 when it did not */
  double change;  /* along the flow, in a while */
  double band;    /* at rest: the distance from zero that means nothing; else 0 */
} rg_function;

typedef struct rg_sides {
  const regime_system *system;
  double rtol, atol;
  size_t n; /* functions: n_switches + n_events */
  rg_function *function;
  double *g, *other_g; /* n; values here, and at some other point */
  double *other_y;     /* n_states; that point */
  double start;        /* when the present stretch began */
  double free;         /* until then, functions at zero are held on their sides */
} rg_sides;

/* A point on the path as seen by the flow. */
typedef struct rg_flow {
  double t;
  const double *y, *dy; /* dy = f(t, y) */
  double ahead;         /* a step of Euler's rule that leads nowhere, but shows where the flow is heading */
  double fuzz;          /* the error in time of the root finder */
  double horizon;       /* a while, for judging whether anything moves at all */
} rg_flow;

/* Room for a system's functions, all of them open. NO_MEMORY; drop it in any case. */
REGIME_MUST_CHECK regime_status rg_sides_make(const regime_system *system, double rtol, double atol,
                                              rg_sides *out);
void rg_sides_drop(rg_sides *sides);

/* Notes what the root finder reports: roots[k] is the direction in which function k crossed, or 0. */
void rg_sides_reach(rg_sides *sides, const int *roots);

/* Looks at every function at (t, y): one that is no longer on its side has crossed, an event if it looks that
 * way. After the system was
 * asked to settle, its switches are where they belong and are only read. False: a function has no value
 * there, and is taken to be where it was; a switch that has crossed as well may give it one. */
bool rg_sides_look(rg_sides *sides, double t, const double *y, bool settled);

/* Takes the first crossing nobody has acted on: its function, or n when there is none. */
size_t rg_sides_take(rg_sides *sides, regime_direction *direction);

/* The sign of the change of function k along the flow. */
int rg_sides_heading(rg_sides *sides, size_t k, const rg_flow *flow);

/* By how much function k changes at (t, y) when the state does by its tolerances; 0 where it has no value. */
double rg_sides_tolerance(rg_sides *sides, size_t k, double t, const double *y);

/* Begins a stretch of smooth flow. Open functions get a side: the one they are on, or where they are zero the
 * one the flow takes them to, 0 if they rest. Switches among them are turned that way. */
void rg_sides_begin(rg_sides *sides, const rg_flow *flow);

/* The functions for the root finder: at the start of a stretch each is on its side, functions at zero stay
 * there until the flow has had time to take them out of the root finder's error, those at rest until they
 * leave their band, those without value as long as they have none, and retired events never cross again.
 * False: some have no value. */
bool rg_sides_values(rg_sides *sides, double t, const double *y, double *g);

/* A step is done, at whose end the root finder looked last: events that it let pass against their direction
 * have changed sides. */
void rg_sides_step(rg_sides *sides);

#endif
