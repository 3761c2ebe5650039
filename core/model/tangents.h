/* tangents.h — how an instance's functions move with its states and parameters (system.h, "Tangents").
 *
 * What is held between instants has tangents that are held as well: parameters and paths set to constants
 * move by 1 in their own direction, modes as events have left them, constants by the chain rule and, where
 * they are solved for, by the implicit function theorem:
 *
 *   F(x, p) = 0   gives   F_x x' = -F_p p'
 *
 * Those of constants are found anew when a parameter has changed, at the next call that needs them.
 */
#ifndef RG_TANGENTS_H
#define RG_TANGENTS_H

#include "model/implicit.h"
#include <regime/model.h>

typedef struct rg_aim {
  size_t n;                            /* directions; 0: none */
  size_t lanes, n_groups;              /* they are carried in groups of so many */
  size_t *parameter;                   /* the entry each moves, or REGIME_NO_PARAMETER */
  double *held;                        /* [group][input][lane]: of the law in force */
  bool is_stale;                       /* those of constants are of parameters before */
  rg_implicit implicit, initial;       /* of blocks of constants, of first values */
  double *slopes, *tangents, *outputs; /* room for any program: one group's */
  double *results;                     /* [direction][output] */
  double *found, *found_dt;            /* maps: of what the period found, for its events */
} rg_aim;

/* The input that moves when an entry does. */
size_t rg_input_of(const regime_model *model, size_t entry);
/* A path in force goes through its points whatever value is asked for. */
bool rg_aim_movable(const regime_instance *instance, size_t entry);

regime_status rg_tangent_aim(void *self, size_t n_directions, const size_t *parameter);
void rg_aim_free(regime_instance *instance);

/* The law is that of a start: every direction moves its parameter. */
void rg_aim_reset(regime_instance *instance);
/* An entry has got another value: for good, or one that moves with its direction. */
void rg_aim_entry(regime_instance *instance, size_t entry, bool moves);

int rg_tangent_start(void *self, double t, double *dy);
int rg_tangent_rate(void *self, double t, const double *y, const double *dt, const double *dy, double *out);
int rg_tangent_residual(void *self, size_t block, double t, const double *y, const double *dt,
                        const double *dy, double *out);
int rg_tangent_crossing(void *self, double t, const double *y, const double *dt, const double *dy,
                        double *out);
int rg_tangent_observe(void *self, double t, const double *y, const double *dt, const double *dy,
                       double *out);
int rg_tangent_date(void *self, double t, double *dt);
int rg_tangent_pass_date(void *self, double t, const double *y, const double *dt, double *dy);
int rg_tangent_happen(void *self, size_t k, double t, const double *y, const double *dt, double *dy);

/* --- series.c: Taylor coefficients --------------------------------------------------------------------- */

typedef struct rg_series {
  size_t n; /* room for so many coefficients; 0: none yet */
  double *held, *registers, *outputs;
  rg_implicit implicit;
} rg_series;

void rg_series_free(regime_instance *instance);
int rg_taylor_rate(void *self, double t, const double *y, const double *v, size_t n_moved,
                   const size_t *parameter, const double *dp, size_t order, double *out);

#endif
