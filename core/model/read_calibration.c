/* read_calibration.c — what a parameter says of its own calibration: free or not, its prior, how it is moved.
 */
#include "model/read.h"

#include <math.h>
#include <string.h>

/* --- free ---------------------------------------------------------------------------------------------- */

/* free = true; free = "shared"; free = ["US", "GB"]; */
void rg_read_free(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_free_decl *out = into;
  const char *text = config_setting_get_string(setting);
  out->place = rg_place_value(setting);
  out->is_shared = text && strcmp(text, "shared") == 0;
  out->is_free = out->is_shared;
  if (config_setting_type(setting) == CONFIG_TYPE_BOOL)
    out->is_free = config_setting_get_bool(setting);
  else if (config_setting_is_array(setting) || config_setting_is_list(setting))
    rg_read_names(reader, setting, &out->members);
  else if (!out->is_shared)
    rg_wrong_type(reader, setting, "true, \"shared\" or a list of members",
                  "write free = true; over a set also free = \"shared\"; or free = [\"US\", \"GB\"];");
}

/* --- prior --------------------------------------------------------------------------------------------- */

static const char *const prior_kind[] = {"normal", "lognormal", "beta", "uniform"};
enum { N_PRIORS = sizeof prior_kind / sizeof *prior_kind };

static void read_prior_kind(rg_reader *reader, const config_setting_t *setting, void *into) {
  const size_t k = rg_read_choice(reader, setting, prior_kind, N_PRIORS, 0);
  *(regime_prior_kind *)into = (regime_prior_kind)((size_t)REGIME_PRIOR_NORMAL + k);
}

static const rg_key prior_key[] = {
    {"kind", read_prior_kind, offsetof(regime_prior, kind), NULL},
    {"at", rg_read_number, offsetof(regime_prior, at), NULL},
    {"sd", rg_read_positive, offsetof(regime_prior, sd), NULL},
    {"source", rg_read_text, offsetof(regime_prior, source), NULL},
};

static void check_prior(rg_reader *reader, const config_setting_t *setting, const regime_prior *prior) {
  const bool whole = !isnan(prior->at) && !isnan(prior->sd);
  const bool none = isnan(prior->at) && isnan(prior->sd);
  if (prior->kind == REGIME_PRIOR_UNIFORM && !none)
    rg_error(reader->context, rg_place_of(setting),
             "leave `at` and `sd` out, and give the parameter `bounds`", "a uniform prior is the bounds");
  else if (prior->kind != REGIME_PRIOR_UNIFORM && !whole)
    rg_error(reader->context, rg_place_of(setting),
             "write prior = { kind = \"normal\"; at = 0.07; sd = 0.02; source = \"...\"; };",
             "a prior says where it is, `at`, and how sure one is, `sd`");
  else if (prior->kind == REGIME_PRIOR_LOGNORMAL && !(prior->at > 0.0))
    rg_error(reader->context, rg_place_of(config_setting_get_member(setting, "at")),
             "write a positive number: `at` is its median", "a lognormal prior cannot be at %g", prior->at);
}

void rg_read_prior(rg_reader *reader, const config_setting_t *setting, void *into) {
  regime_prior prior = {.kind = REGIME_PRIOR_NORMAL, .at = NAN, .sd = NAN, .source = ""};
  rg_read_keys(reader, setting, RG_KEYS("a prior", prior_key), &prior);
  check_prior(reader, setting, &prior);
  *(regime_prior *)into = prior;
}

/* --- transform ----------------------------------------------------------------------------------------- */

void rg_read_transform(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"none", "log"};
  *(regime_transform *)into = (regime_transform)rg_read_choice(reader, setting, choices, 2, 0);
}
