/* kind.h — what an equilibrium is, from its eigenvalues. */
#ifndef RG_KIND_H
#define RG_KIND_H

#include "analysis/field.h"
#include <regime/steady.h>

typedef struct rg_kind {
  regime_rest type; /* never CENTRE */
  bool is_stable;
  size_t n_unstable;
  bool is_pair; /* of two eigenvalues, both on the border: perhaps a centre */
} rg_kind;

/* Of n eigenvalues of a flow or a map, but for the `without` nearest to the border: those of directions along
 * which nothing is decided. An eigenvalue is on the border (the imaginary axis; the unit circle)
 * when it is no further from it than `within` times the largest modulus (of a map: than `within`). */
rg_kind rg_kind_of(size_t n, const double *re, const double *im, bool is_map, double within, size_t without);

/* Whether the flow in the two states `a` and `b` goes round X on closed orbits: from two distances, a tenth
 * and a fiftieth of `size`, it comes back after one turn to where it was, to 1e-8 of the distance. period:
 * that of the linear part. room: 7 (n + k) numbers. */
bool rg_is_centre(rg_field *field, const double *X, size_t a, size_t b, const double *size, double period,
                  double *room);

#endif
