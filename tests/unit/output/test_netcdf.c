/* Tables over time to one netCDF file, read back with the netCDF library. */
#include "support/check.h"
#include <netcdf.h>
#include <regime/output.h>

static const char *const path = "test_netcdf.tmp.nc";

static regime_context *context;
static regime_table *scalars, *country, *pairs, *events;
static int file;

static void put_panel(double t, const char *member, double value) {
  regime_table_put_number(country, 0, t);
  regime_table_put_word(country, 1, member);
  regime_table_put_number(country, 2, value);
}

static void put_pair(double t, const char *a, const char *b, double value) {
  regime_table_put_number(pairs, 0, t);
  regime_table_put_word(pairs, 1, a);
  regime_table_put_word(pairs, 2, b);
  regime_table_put_number(pairs, 3, value);
}

static void fill_tables(void) {
  regime_table_add_numbers(scalars, "time", "year", "time");
  regime_table_add_numbers(scalars, "world", "1960 = 1", "world output");
  regime_table_add_numbers(country, "time", "year", "time");
  regime_table_add_words(country, "country", NULL);
  regime_table_add_numbers(country, "Y", NULL, "output");
  regime_table_add_numbers(pairs, "time", "year", "time");
  regime_table_add_words(pairs, "country", NULL);
  regime_table_add_words(pairs, "country_2", NULL);
  regime_table_add_numbers(pairs, "share", NULL, NULL);
  regime_table_add_words(events, "name", NULL);
  regime_table_add_numbers(events, "time", "year", NULL);
  for (int k = 0; k < 3; k++) {
    const double t = 1960.0 + 0.5 * k;
    regime_table_put_number(scalars, 0, t);
    regime_table_put_number(scalars, 1, 10.0 + k);
    put_panel(t, "US", 100.0 + k);
    put_panel(t, "GB", k == 1 ? NAN : 200.0 + k);
    put_pair(t, "US", "GB", 1000.0 + k);
    put_pair(t, "GB", "US", 2000.0 + k);
  }
}

static int write_file(void **state) {
  (void)state;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_table_create("scalars", 1, &scalars));
  assert_ok(regime_table_create("country", 2, &country));
  assert_ok(regime_table_create("country_country", 3, &pairs));
  assert_ok(regime_table_create("events", 1, &events));
  fill_tables();
  const regime_table *const tables[] = {scalars, country, pairs, events};
  assert_ok(regime_write_netcdf(context, tables, 4, "A title", path));
  assert_int_equal(nc_open(path, NC_NOWRITE, &file), NC_NOERR);
  return 0;
}

static int close_file(void **state) {
  (void)state;
  nc_close(file);
  remove(path);
  regime_table_free(scalars);
  regime_table_free(country);
  regime_table_free(pairs);
  regime_table_free(events);
  regime_context_free(context);
  return 0;
}

static int variable(const char *name) {
  int number = -1;
  assert_int_equal(nc_inq_varid(file, name, &number), NC_NOERR);
  return number;
}

static void assert_attribute(const char *of, const char *name, const char *expected) {
  char text[64] = {0};
  assert_int_equal(nc_get_att_text(file, variable(of), name, text), NC_NOERR);
  assert_string_equal(text, expected);
}

static void time_is_a_coordinate_with_its_unit(void **state) {
  (void)state;
  double time[3];
  assert_int_equal(nc_get_var_double(file, variable("time"), time), NC_NOERR);
  assert_close(time[2], 1961.0, 0.0);
  assert_attribute("time", "units", "year");
  assert_attribute("time", "axis", "T");
}

static void members_label_their_dimension(void **state) {
  (void)state;
  char *labels[2];
  assert_int_equal(nc_get_var_string(file, variable("country"), labels), NC_NOERR);
  assert_string_equal(labels[0], "US");
  assert_string_equal(labels[1], "GB");
  nc_free_string(2, labels);
}

static void values_lie_where_their_keys_say(void **state) {
  (void)state;
  double y[3][2], share[3][2][2];
  assert_int_equal(nc_get_var_double(file, variable("Y"), &y[0][0]), NC_NOERR);
  assert_close(y[2][0], 102.0, 0.0);
  assert_close(y[2][1], 202.0, 0.0);
  assert_true(isnan(y[1][1]));
  assert_int_equal(nc_get_var_double(file, variable("share"), &share[0][0][0]), NC_NOERR);
  int axis[3];
  assert_int_equal(nc_inq_vardimid(file, variable("share"), axis), NC_NOERR);
  char name[NC_MAX_NAME + 1];
  assert_int_equal(nc_inq_dimname(file, axis[2], name), NC_NOERR);
  assert_string_equal(name, "country_2");
  /* The second key met GB first. */
  assert_close(share[1][0][0], 1001.0, 0.0);
  assert_close(share[1][1][1], 2001.0, 0.0);
  assert_true(isnan(share[1][0][1]));
}

static void units_labels_and_conventions(void **state) {
  (void)state;
  assert_attribute("world", "units", "1960 = 1");
  assert_attribute("world", "long_name", "world output");
  char text[64] = {0};
  assert_int_equal(nc_get_att_text(file, NC_GLOBAL, "Conventions", text), NC_NOERR);
  assert_string_equal(text, "CF-1.10");
}

static void tables_that_are_not_over_time_are_left_out(void **state) {
  (void)state;
  int number;
  assert_int_equal(nc_inq_varid(file, "name", &number), NC_ENOTVAR);
}

static void of_two_rows_at_one_time_the_later_counts(void **state) {
  (void)state;
  regime_table_put_number(scalars, 0, 1961.0);
  regime_table_put_number(scalars, 1, 77.0);
  const regime_table *const tables[] = {scalars};
  nc_close(file);
  assert_ok(regime_write_netcdf(context, tables, 1, "", path));
  assert_int_equal(nc_open(path, NC_NOWRITE, &file), NC_NOERR);
  double world[3];
  assert_int_equal(nc_get_var_double(file, variable("world"), world), NC_NOERR);
  assert_close(world[2], 77.0, 0.0);
}

static void a_folder_that_is_not_there(void **state) {
  (void)state;
  const regime_table *const tables[] = {scalars};
  assert_int_equal(regime_write_netcdf(context, tables, 1, "", "no/such/x.nc"), REGIME_NO_FILE);
  assert_int_equal(regime_diagnostic_errors(context), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, write_file, close_file)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(time_is_a_coordinate_with_its_unit),
      TEST(members_label_their_dimension),
      TEST(values_lie_where_their_keys_say),
      TEST(units_labels_and_conventions),
      TEST(tables_that_are_not_over_time_are_left_out),
      TEST(of_two_rows_at_one_time_the_later_counts),
      TEST(a_folder_that_is_not_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
