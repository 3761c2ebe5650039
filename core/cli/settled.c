/* settled.c — the cycle a path settles on, and its Lyapunov exponents, for people and for programs. */
#include "cli/settled.h"
#include "cli/say.h"

#include <math.h>

enum { MOST_EXPONENTS = 8 };

/* "years" */
static const char *units_of(const rg_cli *cli, const regime_inquiry *inquiry) {
  const char *unit = regime_model_about(regime_inquiry_model(inquiry))->unit;
  return unit[0] ? rg_arena_printf(cli->arena, "%ss", unit) : "units of time";
}

/* --- the cycle ----------------------------------------------------------------------------------------- */

static void print_what_it_is(const rg_cli *cli, const regime_inquiry *inquiry, const regime_cycle *cycle) {
  if (cycle->verdict == REGIME_CYCLE_FOUND)
    printf("period %.7g; %s\n", cycle->period,
           cycle->is_family   ? "one of a family of cycles, as round a centre: another start, another cycle"
           : cycle->is_stable ? "stable"
                              : "not stable");
  if (cycle->verdict == REGIME_CYCLE_CURVE)
    printf("one turn in %.7g on average, a number of %s that is not whole\n", cycle->period,
           units_of(cli, inquiry));
  if (cycle->verdict == REGIME_CYCLE_NONE)
    puts("it may need more time (`--settle TIME`), or this is chaos (`--exponents` tells)");
}

static bool goes_round(const regime_cycle *cycle) {
  return cycle->verdict == REGIME_CYCLE_FOUND || cycle->verdict == REGIME_CYCLE_CURVE;
}

static regime_status print_extremes(const rg_cli *cli, const regime_inquiry *inquiry,
                                    const regime_cycle *cycle) {
  const double *const values[] = {cycle->low, cycle->high, cycle->mean};
  static const char *const names[] = {"min", "max", "mean"};
  return rg_inquiry_print_values(cli, inquiry, "extremes and mean", values, names, 3);
}

static regime_status print_multipliers(const rg_cli *cli, const regime_inquiry *inquiry,
                                       const regime_cycle *cycle) {
  regime_table *table;
  const regime_status status = regime_table_create("multipliers", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "re", NULL, NULL);
  regime_table_add_numbers(table, "im", NULL, NULL);
  regime_table_add_numbers(table, "modulus", NULL, NULL);
  for (size_t j = 0; j < regime_inquiry_eigenvalues(inquiry) && j < MOST_EXPONENTS; j++) {
    const double re = cycle->multiplier_re[j], im = cycle->multiplier_im[j];
    regime_table_put_number(table, 0, rg_tidy(re, 1.0));
    regime_table_put_number(table, 1, rg_tidy(im, 1.0));
    regime_table_put_number(table, 2, rg_tidy(hypot(re, im), 1.0));
  }
  return rg_print_and_free(cli, "multipliers, the largest first", table);
}

static regime_status print_cycle(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_cycle *cycle = regime_inquiry_cycle(inquiry);
  if (!cycle) return REGIME_OK;
  rg_print_heading(cli, rg_arena_printf(cli->arena, "the path from the model's start %s",
                                        regime_cycle_text(cycle->verdict)));
  print_what_it_is(cli, inquiry, cycle);
  if (!goes_round(cycle)) return REGIME_OK;
  const regime_status status = print_extremes(cli, inquiry, cycle);
  return status == REGIME_OK && cycle->multiplier_re ? print_multipliers(cli, inquiry, cycle) : status;
}

/* --- the exponents ------------------------------------------------------------------------------------- */

static void print_what_it_means(const rg_cli *cli, const regime_inquiry *inquiry, const regime_lyapunov *l) {
  const double largest = l->exponent[0];
  const bool is_chaos = largest > 2.0 * l->error[0];
  if (isnan(largest))
    printf("they have no value: the path ended too early (%s)\n", regime_outcome_text(l->outcome));
  else if (isinf(largest))
    puts("superstable: on its way it passes places from which all neighbours come to the same");
  else if (is_chaos)
    printf("chaos: neighbouring paths part, and are twice as far from one another every %.3g %s\n",
           log(2.0) / largest, units_of(cli, inquiry));
  else
    puts("no sign of chaos: the largest is not above zero by more than its error");
  if (is_chaos && !isnan(l->dimension))
    printf("dimension of what it comes to (Kaplan and Yorke): %.4g\n", l->dimension);
}

static regime_status print_exponents(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_lyapunov *l = regime_inquiry_lyapunov(inquiry);
  regime_table *table;
  if (!l) return REGIME_OK;
  const regime_status status = regime_table_create("exponents", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_numbers(table, "exponent", NULL, NULL);
  regime_table_add_numbers(table, "error", NULL, NULL);
  for (size_t j = 0; j < l->count && j < MOST_EXPONENTS; j++) {
    regime_table_put_number(table, 0, (double)(j + 1));
    regime_table_put_number(table, 1, l->exponent[j]);
    regime_table_put_number(table, 2, l->error[j]);
  }
  const regime_status printed =
      rg_print_and_free(cli, "Lyapunov exponents, along the path from the model's start", table);
  if (printed == REGIME_OK) print_what_it_means(cli, inquiry, l);
  return printed;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

regime_status rg_settled_print(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_status status = print_cycle(cli, inquiry);
  return status == REGIME_OK ? print_exponents(cli, inquiry) : status;
}

static json_t *json_cycle(const regime_inquiry *inquiry, const regime_cycle *c) {
  json_t *object =
      json_pack("{s:s, s:o, s:b, s:b, s:o, s:o, s:o}", "verdict", regime_cycle_text(c->verdict), "period",
                rg_json_number(c->period), "stable", c->is_stable, "family", c->is_family, "min",
                rg_json_variables(inquiry, c->low), "max", rg_json_variables(inquiry, c->high), "mean",
                rg_json_variables(inquiry, c->mean));
  if (!c->multiplier_re) return object;
  json_object_set_new(
      object, "multipliers",
      rg_json_complex(c->multiplier_re, c->multiplier_im, regime_inquiry_eigenvalues(inquiry)));
  json_object_set_new(object, "residual", rg_json_number(c->residual));
  json_object_set_new(object, "error", rg_json_number(c->error));
  return object;
}

static json_t *json_lyapunov(const regime_lyapunov *l) {
  json_t *list = json_array();
  for (size_t j = 0; j < l->count; j++)
    json_array_append_new(list, json_pack("{s:o, s:o}", "value", rg_json_number(l->exponent[j]), "error",
                                          rg_json_number(l->error[j])));
  return json_pack("{s:s, s:o, s:o}", "outcome", regime_outcome_text(l->outcome), "exponents", list,
                   "dimension", rg_json_number(l->dimension));
}

void rg_settled_json(const regime_inquiry *inquiry, json_t *root) {
  const regime_cycle *cycle = regime_inquiry_cycle(inquiry);
  const regime_lyapunov *lyapunov = regime_inquiry_lyapunov(inquiry);
  if (cycle) json_object_set_new(root, "cycle", json_cycle(inquiry, cycle));
  if (lyapunov) json_object_set_new(root, "lyapunov", json_lyapunov(lyapunov));
}

bool rg_settled_is_answer(const regime_inquiry *inquiry) {
  const regime_cycle *cycle = regime_inquiry_cycle(inquiry);
  const regime_lyapunov *lyapunov = regime_inquiry_lyapunov(inquiry);
  return (cycle && goes_round(cycle)) || (lyapunov && lyapunov->count > 0 && !isnan(lyapunov->exponent[0]));
}
