/* follow.h — the parts of following branches of equilibria and fixed points (branch.h in include/regime).
 *
 *   branch.c   which branches: from the starts, from where branches cross, into cycles and curves
 *   walk.c     one branch, step by step, to both its ends
 *   locate.c   special points between two stations
 *   curves.c   fold, Hopf, flip and Neimark-Sacker curves in two parameters
 */
#ifndef RG_FOLLOW_H
#define RG_FOLLOW_H

#include "analysis/arc.h"
#include "analysis/diagram.h"
#include "analysis/frame.h"
#include "analysis/normal.h"
#include "analysis/stride.h"

/* A point of a branch, in the frame. */
typedef struct rg_station {
  double *Z, *tangent; /* n + 1 */
  double *re, *im;     /* n */
  size_t outside, above, below;
  bool is_stable;
  bool is_surveyed; /* the eigenvalues are known */
} rg_station;

/* A branch point, as seen from the branch on which it was found. */
typedef struct rg_crossing {
  size_t special;
  double *X, *other; /* n + 1: where, and the direction of the other branch; in the states' units */
  bool is_followed;
} rg_crossing;

enum { RG_STATIONS = 7 };

typedef struct rg_follower {
  regime_context *context;
  rg_field *field;
  const regime_branch_options *options;
  regime_diagram *diagram;
  rg_frame frame;
  rg_arc arc;
  rg_stride stride;
  rg_spectrum spectrum;
  size_t n;
  regime_status status; /* other than OK: give up */
  rg_station station[RG_STATIONS];
  double *memory, *X, *outputs, *normal, *spare, *back;
  double *seen; /* n: the largest each state has been; 0: not yet */
  rg_crossing *crossing;
  size_t n_crossings, crossing_capacity;
} rg_follower;

/* What the parameter is measured by where it is: its range, or where that is huge what it has come to; a step
 * of 1e300 would tell nothing of what happens at 1. */
double rg_parameter_scale(const rg_follower *w, double parameter);

/* --- walk.c -------------------------------------------------------------------------------------------- */

/* Follows the branch through `origin`, a solution, along `direction` and against it (both n + 1 parts, in the
 * states' units), from special point `parent` (-1: from a start). It is appended to the diagram. */
void rg_walk(rg_follower *w, const double *origin, const double *direction, long parent);

/* Whether the branch from a crossing is in the diagram. */
bool rg_is_followed(rg_follower *w, const double *origin, const double *direction);

/* Eigenvalues of a station. False: none. */
bool rg_survey(rg_follower *w, rg_station *station);
void rg_add_station(rg_follower *w, const rg_station *station);
void rg_copy_station(const rg_follower *w, rg_station *to, const rg_station *from);
/* --- locate.c ------------------------------------------------------------------------------------------ */

/* What happens between two stations. */
typedef struct rg_events {
  bool fold, branch, flip, pair;
  bool is_plain; /* at most one thing, and it explains how the number of unstable eigenvalues changes */
} rg_events;
rg_events rg_events_between(const rg_follower *w, const rg_station *a, const rg_station *b);

/* How far the nearest eigenvalue is from the axis or the circle: [0] of those inside, [1] of those outside.
 */
void rg_margins(const rg_follower *w, const rg_station *station, double margin[2]);
/* Where no number has changed from one station to another, but the margin of one side was going to zero with
 * `slope` (of the whole way): a station between at which an eigenvalue is across, or NULL. */
const rg_station *rg_find_peak(rg_follower *w, const rg_station *from, const rg_station *to, int side,
                               double slope);

/* Finds them, reports them and appends the points. */
void rg_locate(rg_follower *w, const rg_events *events, const rg_station *from, const rg_station *to);

/* Fills the part of a special point that both branches and curves have. */
void rg_name_criticality(regime_special *special, const rg_normal *normal);

/* --- curves.c ------------------------------------------------------------------------------------------ */

/* The curves in two parameters through the special points of the diagram. */
REGIME_MUST_CHECK regime_status rg_follow_curves(regime_context *context, rg_field *field,
                                                 const regime_branch_options *options,
                                                 regime_diagram *diagram);

#endif
