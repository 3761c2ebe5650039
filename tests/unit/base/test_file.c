#include "base/file.h"
#include "support/check.h"
#include <sys/stat.h>
#include <unistd.h>

static regime_context *context;
static char folder[] = "/tmp/regime-test-file-XXXXXX";
static char path[256], deep[256];

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder)) return -1;
  snprintf(path, sizeof path, "%s/a.csv", folder);
  snprintf(deep, sizeof deep, "%s/one/two/three", folder);
  return regime_context_create(&context) == REGIME_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  remove(path);
  for (char *slash = strrchr(deep, '/'); strcmp(deep, folder) != 0; slash = strrchr(deep, '/')) {
    rmdir(deep);
    *slash = '\0';
  }
  rmdir(folder);
  regime_context_free(context);
  return 0;
}

static void a_draft_shows_only_when_whole(void **state) {
  (void)state;
  rg_draft draft;
  char *text;
  assert_ok(rg_draft_open(context, path, &draft));
  fputs("time,u\n", draft.stream);
  assert_int_not_equal(access(path, F_OK), 0);
  assert_ok(rg_draft_commit(context, &draft));
  assert_ok(rg_file_read(context, path, &text));
  assert_string_equal(text, "time,u\n");
  free(text);
}

static void a_dropped_draft_leaves_what_was_there(void **state) {
  (void)state;
  rg_draft draft;
  char *text;
  assert_ok(rg_draft_open(context, path, &draft));
  fputs("half of", draft.stream);
  rg_draft_drop(&draft);
  rg_draft_drop(&draft);
  assert_ok(rg_file_read(context, path, &text));
  assert_string_equal(text, "time,u\n");
  free(text);
}

static void failures_say_which_file_and_why(void **state) {
  (void)state;
  char *text;
  rg_draft draft;
  assert_int_equal(rg_file_read(context, "/no/such/file", &text), REGIME_NO_FILE);
  assert_null(text);
  assert_string_equal(regime_diagnostic_at(context, 0)->file, "/no/such/file");
  assert_string_equal(regime_diagnostic_at(context, 0)->message, "cannot read: No such file or directory");
  assert_int_equal(rg_file_read(context, folder, &text), REGIME_NO_FILE); /* a folder is no file */
  assert_int_equal(rg_draft_open(context, "/no/such/folder/x.csv", &draft), REGIME_NO_FILE);
}

/* It would cut the text short unseen. */
static void a_nul_in_a_file_is_refused(void **state) {
  (void)state;
  char *text;
  rg_draft draft;
  regime_diagnostics_clear(context);
  assert_ok(rg_draft_open(context, path, &draft));
  fwrite("a = 1\0b = 2\n", 1, 12, draft.stream);
  assert_ok(rg_draft_commit(context, &draft));
  assert_int_equal(rg_file_read(context, path, &text), REGIME_NO_FILE);
  assert_null(text);
  assert_non_null(strstr(regime_diagnostic_at(context, 0)->message, "byte 0x00"));
}

static void folders_are_made_with_their_parents(void **state) {
  (void)state;
  struct stat found;
  assert_ok(rg_make_folders(context, deep));
  assert_ok(rg_make_folders(context, deep));
  assert_int_equal(stat(deep, &found), 0);
  assert_int_equal(rg_make_folders(context, path), REGIME_NO_FILE); /* a file is in the way */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_draft_shows_only_when_whole),
      cmocka_unit_test(a_dropped_draft_leaves_what_was_there),
      cmocka_unit_test(failures_say_which_file_and_why),
      cmocka_unit_test(a_nul_in_a_file_is_refused),
      cmocka_unit_test(folders_are_made_with_their_parents),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
