/* Statements over sets become one equation a member. */
#include "written.h"

static const char *const sets = "sets = { c = { members = [\"A\", \"B\", \"C\"]; index = [\"i\", \"j\"]; };\n"
                                "         s = { members = [\"A\", \"X\"]; index = [\"m\"]; }; };\n";

static void assert_names(const written *w, const char *const *names) {
  for (size_t k = 0; k < w->system->n_states; k++)
    assert_string_equal(w->system->state_name(w->system->self, k), names[k]);
}

/* States are numbered in order of their equations, whatever stands between. */
static void states_come_in_order(void **state) {
  (void)state;
  written w = open_text(sets, "a = 1\ninit y[i] = 2\ny[i]' = a\nb[i] = y[i]\ninit x = 3\nx' = 1");
  assert_int_equal(w.system->n_states, 4);
  assert_names(&w, (const char *const[]){"y[A]", "y[B]", "y[C]", "x"});
  assert_close(w.y[3], 3.0, 0.0);
  drop(&w);
}

/* A left side may name a member, in one place or in both; together they must cover all, once. */
static void members_may_have_equations_of_their_own(void **state) {
  (void)state;
  written w = open_text(sets, "z[A]' = 1\nz[C]' = 3\nz[B]' = z[A]\ninit z[i] = 7\n"
                              "f[A,m] = 10\nf[B,X] = 20\nf[B,A] = 30\nf[C,m] = 40 + z[C]\n"
                              "g[m] = f[C,m]\nh[i,j] = z[i] - z[j]");
  assert_names(&w, (const char *const[]){"z[A]", "z[B]", "z[C]"});
  assert_close(rate_of(&w, "z", 1), 7.0, 0.0);
  const double f[] = {10.0, 10.0, 30.0, 20.0, 47.0, 47.0};
  for (size_t k = 0; k < 6; k++) assert_close(entry_of(&w, "f", k), f[k], 0.0);
  assert_int_equal(variable_named(&w, "g")->n_outputs, 2);
  drop(&w);
}

/* Two sets may both have an A: a letter in any of the lines says which is meant. */
static void a_set_is_found_from_its_members(void **state) {
  (void)state;
  written w = open_text(
      sets, "init x = 0\nx' = 0\nv[B] = 1\nv[A] = 2\nv[C] = 3\ninit k[m] = 1\nk[A]' = 1\nk[X]' = 2");
  assert_int_equal(variable_named(&w, "v")->over[0], 0);
  assert_int_equal(variable_named(&w, "k")->over[0], 1);
  drop(&w);
}

/* The first of them lacks a B: the set is the one that has all members named. */
static void all_members_named_say_which_set(void **state) {
  (void)state;
  written w = open_text("sets = { few = { members = [\"A\", \"X\"]; index = [\"m\"]; };\n"
                        "         all = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n",
                        "init x = 0\nx' = 0\nv[A] = 1\nv[B] = 2");
  assert_int_equal(variable_named(&w, "v")->over[0], 1);
  drop(&w);
}

static void what_is_missing_or_twice_is_listed(void **state) {
  (void)state;
  assert_refused(sets, "init y[i] = 1\ny[A]' = 1", "`y[B]`, `y[C]`");
  assert_refused(sets, "init y[A] = 1\ny[i]' = 1", "`y[B]`, `y[C]`");
  assert_refused(sets, "init y[i] = 1\ny[i]' = 1\ny[B]' = 2", "`y[B]`");
  assert_refused(sets, "init y = 1\ny' = 1\nv[i] = 1\nv[i,j] = 2", "`v`");
  assert_refused(sets, "init y = 1\ny' = 1\nv[i,m,j] = 1", "`v`");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_come_in_order),
      cmocka_unit_test(members_may_have_equations_of_their_own),
      cmocka_unit_test(a_set_is_found_from_its_members),
      cmocka_unit_test(all_members_named_say_which_set),
      cmocka_unit_test(what_is_missing_or_twice_is_listed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
