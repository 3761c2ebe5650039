/* orbit.h — a closed orbit as numbers: piecewise polynomials over an adaptive mesh, or the points of a map's.
 *
 * Of a flow: time runs from 0 to 1, `intervals` pieces of degree 4, each given by its values at five
 * equidistant nodes; the last node of a piece is the first of the next. Of a map: `intervals` points and the
 * first once more, degree 1. A direction in which orbits change has the same shape.
 */
#ifndef RG_ORBIT_H
#define RG_ORBIT_H

#include <stdbool.h>
#include <stddef.h>

enum { RG_STAGES = 4 }; /* Gauss points a piece */

typedef struct rg_orbit {
  size_t n, intervals, degree;
  double *mesh;  /* intervals + 1, from 0 to 1 */
  double *value; /* (intervals * degree + 1) * n, node after node */
  double period, parameter;
} rg_orbit;

/* With an even mesh and values of zero; NULL: no memory. */
rg_orbit *rg_orbit_create(size_t n, size_t intervals, size_t degree);
void rg_orbit_free(rg_orbit *orbit); /* takes NULL */
rg_orbit *rg_orbit_copy(const rg_orbit *orbit);
/* to, of the same shape, becomes from; and to = from + s along. */
void rg_orbit_set(rg_orbit *to, const rg_orbit *from);
void rg_orbit_move(rg_orbit *to, const rg_orbit *from, double s, const rg_orbit *along);
/* Twice round, the second time with the values times `sign`; the period doubles. NULL: no memory. */
rg_orbit *rg_orbit_twice(const rg_orbit *orbit, double sign);

size_t rg_orbit_nodes(const rg_orbit *orbit);                    /* intervals * degree + 1 */
const double *rg_orbit_node(const rg_orbit *orbit, size_t node); /* n */
double rg_orbit_node_time(const rg_orbit *orbit, size_t node);   /* from 0 to 1 */
void rg_orbit_at(const rg_orbit *orbit, double time, double *x); /* of a flow; time from 0 to 1 */
/* The largest |x_i| of each state, or 1 where that is 0. */
void rg_orbit_scale(const rg_orbit *orbit, double *scale);

/* Lagrange's polynomials over the nodes of a piece, and their slopes, at its Gauss points, with the weights
 * of these. */
typedef struct rg_basis {
  double value[RG_STAGES][RG_STAGES + 1], slope[RG_STAGES][RG_STAGES + 1], weight[RG_STAGES];
} rg_basis;
rg_basis rg_basis_make(void);

/* The mesh (de Boor 1973; Ascher, Mattheij and Russell 1995, sec. 9.3). The error of the polynomials between
 * mesh points, the largest against the scales; the mesh that spreads it evenly over so many pieces; an orbit
 * read off at the nodes of another mesh. */
double rg_orbit_error(const rg_orbit *orbit, const double *scale);
void rg_orbit_spread(const rg_orbit *orbit, const double *scale, size_t intervals, double *mesh);
rg_orbit *rg_orbit_remeshed(const rg_orbit *orbit, size_t intervals, const double *mesh);

#endif
