/* texts.c — what the findings of an analysis are called. */
#include <regime/branch.h>

#include <math.h>

const char *regime_rest_text(regime_rest type) {
  static const char *const text[] = {
#define TEXT(name, text) text,
      REGIME_REST_LIST(TEXT)};
  return text[type];
}

const char *regime_point_text(regime_point type) {
  static const char *const text[] = {REGIME_POINT_LIST(TEXT)};
  return text[type];
}

/* A branch point of a family of cycles has their period, one of equilibria none. */
bool regime_special_is_of_cycle(const regime_special *special) {
  const regime_point type = special->type;
  return type == REGIME_POINT_FOLD_OF_CYCLES || type == REGIME_POINT_PERIOD_DOUBLING ||
         type == REGIME_POINT_TORUS || type == REGIME_POINT_HOMOCLINIC ||
         (type == REGIME_POINT_BRANCH && !isnan(special->period));
}

const char *regime_end_text(regime_end end) {
  static const char *const text[] = {REGIME_END_LIST(TEXT)};
#undef TEXT
  return text[end];
}

const char *regime_criticality_text(regime_criticality criticality) {
  static const char *const text[] = {"", "supercritical", "subcritical", "degenerate"};
  return text[criticality];
}
