/* calibration.c — free parameters, priors and standard errors from their declarations. */
#include "model/calibration.h"

#include <math.h>

/* The members written after `free`: of the first set, all their pairs with the second. */
static void free_members(regime_context *context, const rg_sets *sets, const rg_parameter_decl *declared,
                         const rg_family *family, regime_parameter *own) {
  const size_t per_member = family->count / sets->set[family->over[0]].n_members;
  for (size_t k = 0; k < declared->free.members.count; k++) {
    const rg_word word = declared->free.members.items[k];
    const size_t member = rg_set_member(sets, family->over[0], word.text);
    if (member == RG_NO_MEMBER) rg_error_no_member(context, sets, family->over[0], word);
    for (size_t j = 0; member != RG_NO_MEMBER && j < per_member; j++)
      own[member * per_member + j].is_free = true;
  }
}

static void check_free(regime_context *context, const rg_parameter_decl *declared, const rg_family *family) {
  if (family->n_over > 0 || !(declared->free.is_shared || declared->free.members.count > 0)) return;
  rg_error(context, declared->free.place, "write free = true;", "`%s` is over no set: it has no members",
           family->name);
}

static void set_errors(regime_context *context, const rg_sets *sets, const rg_parameter_decl *declared,
                       const rg_family *family, regime_parameter *own) {
  for (size_t k = 0; k < declared->std_errors.count; k++) {
    const rg_assignment *error = &declared->std_errors.items[k];
    if (rg_members_given(error) == 0) {
      for (size_t j = 0; j < family->count; j++) own[j].std_error = error->number;
    } else if (rg_members_given(error) == family->n_over) {
      const size_t offset = rg_parameter_place(context, sets, family, error);
      if (offset != RG_NO_PLACE) own[offset].std_error = error->number;
    } else {
      rg_error(context, error->member[0].place, "write a number for each member", "`%s` has other members",
               family->name);
    }
  }
}

/* What a prior and a transform ask of bounds and value. */
static void check_fit(regime_context *context, rg_place place, const regime_parameter *p) {
  const bool bounded = isfinite(p->low) && isfinite(p->high);
  const regime_prior_kind kind = p->prior.kind;
  if ((kind == REGIME_PRIOR_BETA || kind == REGIME_PRIOR_UNIFORM) && !bounded)
    rg_error(context, place, "write bounds = [0.0, 1.0];",
             "the prior of `%s` is on its bounds, and it has none", p->name);
  else if (kind == REGIME_PRIOR_BETA && !(p->prior.at > p->low && p->prior.at < p->high))
    rg_error(context, place, "move `at` or the bounds", "the prior of `%s` is at %g, outside its bounds",
             p->name, p->prior.at);
  else if (kind == REGIME_PRIOR_BETA &&
           p->prior.sd * p->prior.sd >= (p->prior.at - p->low) * (p->high - p->prior.at))
    rg_error(context, place, "choose a smaller `sd`, or kind = \"uniform\"",
             "no beta distribution on the bounds of `%s` spreads as wide as %g", p->name, p->prior.sd);
  if (p->transform == REGIME_LOGARITHM && (!(p->value > 0.0) || (isfinite(p->low) && p->low < 0.0)))
    rg_error(context, place, "give it a positive value and bounds from 0.0 on, or leave `transform` out",
             "`%s` cannot be moved by its logarithm: it may be negative", p->name);
}

void rg_calibration_build(regime_context *context, const rg_sets *sets, const rg_parameter_decl *declared,
                          const rg_family *family, regime_parameter *entry) {
  regime_parameter *own = entry + family->first;
  for (size_t k = 0; k < family->count; k++) {
    own[k].is_free = declared->free.is_free;
    own[k].leader = family->first + (declared->free.is_shared ? 0 : k);
    own[k].prior = declared->prior;
    own[k].transform = declared->transform;
  }
  check_free(context, declared, family);
  if (family->n_over > 0 && family->count > 0) free_members(context, sets, declared, family, own);
  set_errors(context, sets, declared, family, own);
  if (family->count > 0) check_fit(context, declared->name.place, own);
}
