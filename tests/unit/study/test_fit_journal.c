/* A journal answers what was added, also after its last record was cut anywhere. */
#include "study/fit_journal.h"
#include "support/check.h"

#include <unistd.h>

#define JOURNAL "test_fit_journal.tmp"
enum { RECORDS = 3 };

static const double key[RECORDS][2] = {{1.0, 2.0}, {3.0, 4.0}, {5.0, 6.0}};
static const double answer[RECORDS][3] = {{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}, {0.7, 0.8, 0.9}};

static regime_status open_journal(uint64_t digest, bool resume, rg_journal **out) {
  regime_context *context;
  assert_ok(regime_context_create(&context));
  const regime_status status = rg_journal_open(context, JOURNAL, digest, resume, out);
  assert_int_equal(status == REGIME_OK, regime_diagnostic_errors(context) == 0);
  regime_context_free(context);
  return status;
}

static long write_all(void) {
  rg_journal *j;
  assert_ok(open_journal(7, false, &j));
  for (size_t k = 0; k < RECORDS; k++) rg_journal_add(j, key[k], 2, answer[k], 3);
  rg_journal_close(j);
  FILE *file = fopen(JOURNAL, "rb");
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  const long size = ftell(file);
  fclose(file);
  return size;
}

static size_t count_known(void) {
  rg_journal *j;
  size_t known = 0;
  double found[3];
  assert_ok(open_journal(7, true, &j));
  for (size_t k = 0; k < RECORDS; k++)
    if (rg_journal_find(j, key[k], 2, found, 3)) {
      assert_memory_equal(found, answer[k], sizeof found);
      assert_int_equal(known, k);
      known++;
    }
  assert_false(rg_journal_find(j, answer[0], 2, found, 3));
  rg_journal_close(j);
  return known;
}

static void every_cut_keeps_what_is_whole(void **state) {
  (void)state;
  const long size = write_all(), head = 13 + 8, record = (size - head) / RECORDS;
  for (long cut = size; cut >= 0; cut--) {
    write_all();
    assert_int_equal(truncate(JOURNAL, cut), 0);
    assert_int_equal(count_known(), cut < head ? 0 : (cut - head) / record);
  }
  remove(JOURNAL);
}

static void a_flipped_bit_ends_it(void **state) {
  (void)state;
  const long size = write_all();
  FILE *file = fopen(JOURNAL, "r+b");
  assert_int_equal(fseek(file, size - 20, SEEK_SET), 0);
  const int byte = fgetc(file);
  assert_int_equal(fseek(file, size - 20, SEEK_SET), 0);
  fputc(byte ^ 1, file);
  fclose(file);
  assert_int_equal(count_known(), RECORDS - 1);
  remove(JOURNAL);
}

static void it_goes_on_after_a_cut(void **state) {
  (void)state;
  rg_journal *j;
  const long size = write_all();
  assert_int_equal(truncate(JOURNAL, size - 1), 0);
  assert_ok(open_journal(7, true, &j));
  rg_journal_add(j, key[2], 2, answer[2], 3);
  rg_journal_close(j);
  assert_int_equal(count_known(), RECORDS);
  remove(JOURNAL);
}

static void another_file_is_refused(void **state) {
  (void)state;
  rg_journal *j;
  FILE *file = fopen(JOURNAL, "wb");
  fputs("t,v\n1,2\n", file);
  fclose(file);
  assert_int_equal(open_journal(7, true, &j), REGIME_BAD_ARGUMENT);
  assert_null(j);
  remove(JOURNAL);
}

static void another_fits_is_refused(void **state) {
  (void)state;
  rg_journal *j;
  write_all();
  assert_int_equal(open_journal(8, true, &j), REGIME_BAD_ARGUMENT);
  assert_null(j);
  remove(JOURNAL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_cut_keeps_what_is_whole), cmocka_unit_test(a_flipped_bit_ends_it),
      cmocka_unit_test(it_goes_on_after_a_cut),        cmocka_unit_test(another_file_is_refused),
      cmocka_unit_test(another_fits_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
