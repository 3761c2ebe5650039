/* Exogenous paths between, at and beyond their points. */
#include "model/paths.h"
#include "support/check.h"

static rg_path build(rg_arena *arena, rg_interpolation interpolation, size_t n, const double *time,
                     const double *value) {
  const rg_path_decl declared = {.n_points = n, .time = time, .value = value, .interpolation = interpolation};
  rg_path path;
  rg_path_build(arena, &declared, &path);
  return path;
}

static double at(const rg_path *path, double t) { return rg_piece_value(rg_path_piece(path, t), t); }

static const double time_[] = {1.0, 2.0, 4.0, 5.0, 9.0}, value[] = {3.0, 5.0, 5.5, 2.0, 1.0};

static void steps_hold_their_left_value(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const rg_path p = build(arena, RG_STEP, 5, time_, value);
  assert_close(at(&p, 0.0), 3.0, 0.0);
  assert_close(at(&p, 1.999), 3.0, 0.0);
  assert_close(at(&p, 2.0), 5.0, 0.0);
  assert_close(at(&p, 100.0), 1.0, 0.0);
  rg_arena_free(arena);
}

static void lines_join_the_points(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const rg_path p = build(arena, RG_LINEAR, 5, time_, value);
  assert_close(at(&p, -5.0), 3.0, 0.0);
  assert_close(at(&p, 1.5), 4.0, 1e-15);
  assert_close(at(&p, 3.0), 5.25, 1e-15);
  assert_close(at(&p, 9.5), 1.0, 0.0);
  rg_arena_free(arena);
}

/* Through the points, with one slope on both sides of each, and up or down only where they go up or down. */
static void smooth_paths_are_smooth_and_monotone(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const rg_path p = build(arena, RG_SMOOTH, 5, time_, value);
  const double h = 1e-6;
  for (size_t k = 0; k < 5; k++) assert_close(at(&p, time_[k]), value[k], 1e-14);
  for (size_t k = 1; k < 4; k++) {
    const double left = (at(&p, time_[k]) - at(&p, time_[k] - h)) / h;
    const double right = (at(&p, time_[k] + h) - at(&p, time_[k])) / h;
    assert_close(left, right, 1e-4);
  }
  for (size_t k = 0; k < 4; k++)
    for (double s = 0.0; s < 0.99; s += 0.01) {
      const double a = time_[k] + s * (time_[k + 1] - time_[k]), b = a + 0.01 * (time_[k + 1] - time_[k]);
      assert_true((at(&p, b) - at(&p, a)) * (value[k + 1] - value[k]) >= -1e-12);
    }
  rg_arena_free(arena);
}

/* A straight line stays one. */
static void smooth_through_a_line_is_the_line(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const double line[] = {2.0, 4.0, 8.0, 10.0, 18.0};
  const rg_path p = build(arena, RG_SMOOTH, 5, time_, line);
  for (double t = 1.0; t <= 9.0; t += 0.1) assert_close(at(&p, t), 2.0 * t, 1e-13);
  rg_arena_free(arena);
}

static void one_or_two_points_will_do(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const rg_path one = build(arena, RG_SMOOTH, 1, time_, value),
                two = build(arena, RG_SMOOTH, 2, time_, value);
  assert_close(at(&one, 0.0), 3.0, 0.0);
  assert_close(at(&one, 7.0), 3.0, 0.0);
  assert_close(at(&two, 1.25), 3.5, 1e-15);
  rg_arena_free(arena);
}

static void corners_come_in_order(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  const rg_path p = build(arena, RG_LINEAR, 5, time_, value);
  double t = -INFINITY;
  for (size_t k = 0; k < 5; k++) {
    t = rg_path_next_corner(&p, t);
    assert_true(t == time_[k]);
  }
  assert_true(rg_path_next_corner(&p, t) == INFINITY);
  rg_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_hold_their_left_value),
      cmocka_unit_test(lines_join_the_points),
      cmocka_unit_test(smooth_paths_are_smooth_and_monotone),
      cmocka_unit_test(smooth_through_a_line_is_the_line),
      cmocka_unit_test(one_or_two_points_will_do),
      cmocka_unit_test(corners_come_in_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
