/* No text, however broken, may crash the reader: the shelf's models with random damage either load or earn an
 * error that says where. Runs under the sanitizers in the debug build. */
#include "support/check.h"
#include <regime/regime.h>
#include <unistd.h>

enum { DAMAGED_PER_MODEL = 150 };

static uint64_t random_state = 20261120;

static size_t below(size_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (size_t)(random_state >> 33) % n;
}

static char *read_text(const char *path, size_t *length) {
  FILE *stream = fopen(path, "rb");
  assert_non_null(stream);
  char *text = malloc(1 << 20);
  *length = fread(text, 1, 1 << 20, stream);
  fclose(stream);
  return text;
}

/* One to four wounds: a changed byte, a removed stretch, a stretch moved elsewhere, or something spiteful put
 * in. */
static size_t damage(char *text, size_t length) {
  static const char *spite[] = {"'",
                                "(((((",
                                "]",
                                "\"",
                                "= =",
                                "x' = x(+1)",
                                "1e999",
                                "0/0",
                                "\x80",
                                "@include \"nowhere\"",
                                "[i]",
                                "init",
                                "def f(a) = f(a)\n",
                                "sum(i, ",
                                "## | |",
                                "{"};
  for (size_t wounds = 1 + below(4); wounds > 0 && length > 64; wounds--) {
    const size_t at = below(length - 32), stretch = 1 + below(24);
    const char *word = spite[below(sizeof spite / sizeof *spite)];
    switch (below(4)) {
    case 0: text[at] = (char)(32 + below(95)); break;
    case 1:
      memmove(text + at, text + at + stretch, length - at - stretch);
      length -= stretch;
      break;
    case 2: memmove(text + below(length - 32), text + at, stretch); break;
    default: memcpy(text + at, word, strlen(word));
    }
  }
  return length;
}

static void load_damaged(const char *path, const char *text, size_t length) {
  FILE *stream = fopen(path, "wb");
  assert_non_null(stream);
  fwrite(text, 1, length, stream);
  fclose(stream);
  regime_context *context;
  regime_model *model;
  assert_ok(regime_context_create(&context));
  const regime_status status = regime_model_load(context, path, &model);
  if (status == REGIME_OK)
    assert_non_null(model);
  else
    assert_true(regime_diagnostic_errors(context) > 0);
  assert_true(status == REGIME_OK || status == REGIME_BAD_MODEL || status == REGIME_NO_FILE);
  regime_model_free(model);
  regime_context_free(context);
}

static void damage_and_load(const char *file) {
  char original[4096], damaged[] = "/tmp/regime-damaged-XXXXXX";
  const int descriptor = mkstemp(damaged);
  assert_true(descriptor >= 0);
  close(descriptor);
  snprintf(original, sizeof original, "%s/models/%s", REGIME_SOURCE, file);
  size_t length;
  char *whole = read_text(original, &length);
  char *text = malloc(length);
  for (int k = 0; k < DAMAGED_PER_MODEL; k++) {
    memcpy(text, whole, length);
    load_damaged(damaged, text, damage(text, length));
  }
  free(text);
  free(whole);
  remove(damaged);
}

static void damaged_models_load_or_explain(void **state) {
  (void)state;
  print_message("seed %llu\n", (unsigned long long)random_state);
  damage_and_load("textbook/goodwin/goodwin.cfg");
  damage_and_load("textbook/keen/keen.cfg");
  damage_and_load("crisis/crisis.cfg");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_models_load_or_explain)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
