/* Every wrong model of this folder says, in the comment lines `#> ` at its end, what regime must say of it,
 * word for word (at its head, where the fault swallows the end). A new one is written by hand, and its
 * message read aloud before it is copied below it. */
#include "support/check.h"
#include <regime/model.h>

#include <dirent.h>

#define FOLDER REGIME_TESTS "/diagnostics/"

/* Text that grows; the test ends where memory does. */
static void append(char **text, const char *more, size_t length) {
  const size_t before = *text ? strlen(*text) : 0;
  char *longer = realloc(*text, before + length + 1);
  assert_non_null(longer);
  memcpy(longer + before, more, length);
  longer[before + length] = '\0';
  *text = longer;
}

static char *empty_text(void) {
  char *text = NULL;
  append(&text, "", 0);
  return text;
}

static const char *path_of(const char *name, char path[1024]) {
  snprintf(path, 1024, "%s%s", FOLDER, name);
  return path;
}

static char *read_expectation(const char *name) {
  char path[1024], line[4096], *expected = empty_text();
  FILE *file = fopen(path_of(name, path), "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file))
    if (strncmp(line, "#> ", 3) == 0) append(&expected, line + 3, strlen(line + 3));
  fclose(file);
  return expected;
}

/* The names of files as they are called in the folder. */
static char *without_folder(const char *text) {
  char *plain = empty_text();
  for (const char *at; (at = strstr(text, FOLDER)) != NULL; text = at + strlen(FOLDER))
    append(&plain, text, (size_t)(at - text));
  append(&plain, text, strlen(text));
  return plain;
}

static char *all_findings(regime_context *context) {
  char *all = empty_text();
  for (size_t k = 0; k < regime_diagnostic_count(context); k++) {
    char *text;
    assert_ok(regime_diagnostic_text(regime_diagnostic_at(context, k), false, &text));
    append(&all, text, strlen(text));
    free(text);
  }
  char *plain = without_folder(all);
  free(all);
  return plain;
}

static char *load_wrong_model(const char *name) {
  char path[1024];
  regime_context *context;
  regime_model *model;
  assert_ok(regime_context_create(&context));
  const regime_status status = regime_model_load(context, path_of(name, path), &model);
  assert_int_equal(status == REGIME_OK, regime_diagnostic_errors(context) == 0);
  regime_model_free(model);
  char *said = all_findings(context);
  regime_context_free(context);
  return said;
}

/* Prints lines behind a mark, as they would be copied into the model. */
static void print_marked(const char *title, const char *text) {
  print_error("%s\n", title);
  for (const char *at = text; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n'))
    print_error("#> %.*s\n", (int)strcspn(at, "\n"), at);
}

static void says_what_it_must(void **state) {
  const char *name = *state;
  char *expected = read_expectation(name), *said = load_wrong_model(name);
  const bool equal = strcmp(expected, said) == 0;
  if (!equal) {
    print_marked("expected:", expected);
    print_marked("said:", said);
  }
  free(expected);
  free(said);
  if (!equal) fail_msg("%s earns another message than it says", name);
}

static int is_model(const struct dirent *entry) {
  const char *dot = strrchr(entry->d_name, '.');
  return dot && strcmp(dot, ".cfg") == 0;
}

int main(void) {
  struct dirent **entry;
  const int count = scandir(FOLDER, &entry, is_model, alphasort);
  if (count < 60) return 1; /* the folder is not where it should be */
  struct CMUnitTest *test = calloc((size_t)count, sizeof *test);
  if (!test) return 1;
  for (int k = 0; k < count; k++)
    test[k] = (struct CMUnitTest){entry[k]->d_name, says_what_it_must, NULL, NULL, entry[k]->d_name};
  const int failed = _cmocka_run_group_tests("diagnostics", test, (size_t)count, NULL, NULL);
  for (int k = 0; k < count; k++) free(entry[k]);
  free(entry);
  free(test);
  return failed;
}
