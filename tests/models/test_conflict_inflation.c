/* Inflation as conflict: where share and inflation settle, from the two equations as printed. */
#include "support/runs.h"

typedef struct struggle {
  double omega1, omega2, omega3, psi1, psi2, claim, concession, a;
} struggle;

static const struggle usual = {0.5, 0.5, 1.0, 0.5, 0.5, 0.74, 0.66, 0.02};
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/conflict_inflation/conflict_inflation.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double end(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 100.0);
}

static double share_at_rest(struggle c) {
  const double weight = (1.0 - c.psi2) * c.omega1 + (1.0 - c.omega2) * c.psi1;
  return ((1.0 - c.psi2) * (c.omega1 * c.claim - (1.0 - c.omega3) * c.a) +
          (1.0 - c.omega2) * c.psi1 * c.concession) /
         weight;
}

static void assert_settles(const char *scenario, struggle c) {
  const double share = share_at_rest(c);
  assert_close(end(scenario, "share"), share, 1e-6);
  assert_close(end(scenario, "share_rest"), share, 1e-12);
  assert_close(end(scenario, "inflation"), end(scenario, "inflation_rest"), 1e-6);
  assert_close(end(scenario, "inflation"), c.psi1 * (share - c.concession) / (1.0 - c.psi2), 1e-6);
  assert_close(end(scenario, "wages"), end(scenario, "inflation") + c.a, 1e-6);
}

static void share_and_inflation_settle_where_the_closed_form_says(void **state) {
  (void)state;
  struggle militant = usual, monopoly = usual, indexed = usual, grasping = usual;
  militant.claim = 0.78;
  monopoly.concession = 0.62;
  indexed.omega2 = indexed.psi2 = 0.9;
  grasping.omega3 = 0.5;
  assert_settles("baseline", usual);
  assert_settles("militant", militant);
  assert_settles("monopoly", monopoly);
  assert_settles("indexed", indexed);
  assert_settles("grasping", grasping);
}

/* All along the path the block of wages and prices has the solution that is found by hand. */
static void wages_and_prices_answer_each_other_at_every_moment(void **state) {
  (void)state;
  const struggle c = usual;
  const regime_run *run = run_of(&s, "militant");
  for (double t = 0.0; t <= 100.0; t += 1.0) {
    const double share = value_at(run, "share", t), claim = value_at(run, "claim", t);
    const double push = c.omega1 * (claim - share) + c.omega3 * c.a;
    const double pull = c.psi1 * (share - c.concession) - c.psi2 * c.a;
    const double both = 1.0 - c.omega2 * c.psi2;
    assert_close(value_at(run, "wages", t), (push + c.omega2 * pull) / both, 1e-12);
    assert_close(value_at(run, "inflation", t), (pull + c.psi2 * push) / both, 1e-12);
  }
}

static void both_sides_claim_more_and_prices_rise_either_way(void **state) {
  (void)state;
  assert_true(end("militant", "inflation") > end("baseline", "inflation") + 0.01);
  assert_true(end("monopoly", "inflation") > end("baseline", "inflation") + 0.01);
  assert_true(end("militant", "share") > end("baseline", "share"));
  assert_true(end("monopoly", "share") < end("baseline", "share"));
}

static void claims_that_agree_leave_prices_alone(void **state) {
  (void)state;
  assert_close(end("truce", "inflation"), 0.0, 1e-8);
  assert_close(end("truce", "share"), 0.70, 1e-8);
}

/* Indexation takes from nobody and gives to nobody when it is equal: only inflation rises, fivefold. */
static void equal_indexation_changes_inflation_alone(void **state) {
  (void)state;
  assert_close(end("indexed", "share"), end("baseline", "share"), 1e-6);
  assert_close(end("indexed", "inflation"), 5.0 * end("baseline", "inflation"), 1e-6);
}

/* Rowthorn: money that grows at m makes inflation m, by unemployment that makes the claims agree with it. */
static void tight_money_disciplines_by_unemployment(void **state) {
  (void)state;
  const double m = 0.02, militancy = 0.8;
  const double share = usual.concession + (1.0 - usual.psi2) * m / usual.psi1;
  const double claim = share + (1.0 - usual.omega2) * m / usual.omega1;
  assert_close(end("tight", "inflation"), m, 1e-6);
  assert_close(end("tight", "share"), share, 1e-6);
  assert_close(end("tight", "e"), 1.0 + (claim - usual.claim) / militancy, 1e-6);
  assert_close(end("tight", "share"), end("tight", "share_tight"), 1e-6);
  assert_close(end("tight", "e"), end("tight", "e_tight"), 1e-6);
  assert_true(end("tight", "e") < 1.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(share_and_inflation_settle_where_the_closed_form_says),
      cmocka_unit_test(wages_and_prices_answer_each_other_at_every_moment),
      cmocka_unit_test(both_sides_claim_more_and_prices_rise_either_way),
      cmocka_unit_test(claims_that_agree_leave_prices_alone),
      cmocka_unit_test(equal_indexation_changes_inflation_alone),
      cmocka_unit_test(tight_money_disciplines_by_unemployment),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
