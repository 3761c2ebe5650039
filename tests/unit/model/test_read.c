/* From a file to declarations: everything that may be written, and what is found wrong with a file.
 * Word for word, messages are tested in tests/diagnostics. */
#include "model/declarations.h"
#include "support/check.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct desk { /* a folder for files, and what was read there */
  char folder[64];
  regime_context *context;
  rg_arena *arena;
  rg_declarations declared;
  regime_status status;
} desk;

static int set_up(void **state) {
  desk *d = calloc(1, sizeof *d);
  if (!d) return -1;
  strcpy(d->folder, "/tmp/regime-test-read-XXXXXX");
  if (!mkdtemp(d->folder) || regime_context_create(&d->context) != REGIME_OK) return -1;
  *state = d;
  return 0;
}

static int tear_down(void **state) {
  desk *d = *state;
  char command[128];
  snprintf(command, sizeof command, "rm -r '%s'", d->folder);
  const int removed = system(command);
  rg_arena_free(d->arena);
  regime_context_free(d->context);
  free(d);
  return removed;
}

static const char *path_of(const desk *d, const char *name, char path[256]) {
  snprintf(path, 256, "%s/%s", d->folder, name);
  return path;
}

static void write_bytes(const desk *d, const char *name, const char *bytes, size_t length) {
  char path[256];
  FILE *file = fopen(path_of(d, name, path), "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static void write_file(const desk *d, const char *name, const char *text) {
  write_bytes(d, name, text, strlen(text));
}

/* What is read lives until the next reading. */
static const rg_declarations *read_file(desk *d, const char *name) {
  char path[256];
  rg_arena_free(d->arena);
  d->arena = rg_arena_create();
  assert_non_null(d->arena);
  regime_diagnostics_clear(d->context);
  if (RG_ARENA_TRY(d->arena)) fail_msg("memory is exhausted");
  d->status = rg_read_model(d->context, d->arena, path_of(d, name, path), &d->declared);
  return &d->declared;
}

static void print_findings(const desk *d) {
  for (size_t k = 0; k < regime_diagnostic_count(d->context); k++) {
    char *text;
    assert_ok(regime_diagnostic_text(regime_diagnostic_at(d->context, k), false, &text));
    print_error("%s", text);
    free(text);
  }
}

#define HEAD "model = { name = \"m\"; time = \"continuous\"; };\n"
#define TAIL "equations = \"x' = 1\";\n"

/* Reads a model made of the head above, the given groups, and an equation; it must be right. */
static const rg_declarations *read_groups(desk *d, const char *groups) {
  char *text;
  const size_t size = strlen(HEAD) + strlen(groups) + strlen(TAIL) + 1;
  assert_non_null(text = malloc(size));
  snprintf(text, size, "%s%s%s", HEAD, groups, TAIL);
  write_file(d, "m.cfg", text);
  free(text);
  read_file(d, "m.cfg");
  if (d->status != REGIME_OK) print_findings(d);
  assert_ok(d->status);
  assert_int_equal(regime_diagnostic_count(d->context), 0);
  return &d->declared;
}

/* --- what is right -------------------------------------------------------------------------------------- */

static void a_small_model(void **state) {
  desk *d = *state;
  write_file(d, "goodwin.cfg",
             "model = { name = \"goodwin\"; title = \"Growth cycle\"; source = \"Goodwin (1967)\";\n"
             "          time = \"continuous\"; unit = \"year\"; about = \"a\"; scenario = \"late\"; };\n"
             "span = { from = 0; to = 200.0; output = 0.5; limit = 1e6; };\n"
             "equations = \"\n"
             "  v' = v\n"
             "\";\n");
  const rg_declarations *m = read_file(d, "goodwin.cfg");
  assert_ok(d->status);
  assert_string_equal(m->name.text, "goodwin");
  assert_string_equal(m->time.text, "continuous");
  assert_string_equal(m->title, "Growth cycle");
  assert_string_equal(m->source, "Goodwin (1967)");
  assert_string_equal(m->unit, "year");
  assert_string_equal(m->default_scenario.text, "late");
  assert_true(m->has_span);
  assert_close(m->from, 0.0, 0);
  assert_close(m->to, 200.0, 0);
  assert_close(m->output, 0.5, 0);
  assert_close(m->limit, 1e6, 0);
  assert_string_equal(m->equations.text, "\n  v' = v\n");
  assert_int_equal(m->equations.line, 4);
}

static void only_name_and_time_are_required(void **state) {
  const rg_declarations *m = read_groups(*state, "");
  assert_null(m->title);
  assert_null(m->default_scenario.text);
  assert_false(m->has_span);
  assert_int_equal(m->observations.count, 0);
}

static void the_line_of_a_text_is_where_it_starts(void **state) {
  desk *d = *state;
  write_file(d, "m.cfg",
             HEAD "equations =\n\n  # a comment with a \" in it\n  \"x' = 1\n  y' = 2\n\";\n"
                  "events = ( { name = \"e\"; when =\n \"x\ny\"; }, { name = \"f\"; when = \"z\"; } );\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_int_equal(m->equations.line, 5);
  assert_int_equal(m->events.items[0].when.line, 9);
  assert_int_equal(m->events.items[1].when.line, 10);
  assert_int_equal(m->events.items[0].name.place.line, 8);
}

static void several_texts_of_equations_keep_their_lines(void **state) {
  desk *d = *state;
  write_file(d, "m.cfg", HEAD "equations = ( \"\n  a = 1\n\",\n\n\n  \"b = 2\",  \"c = 3\" );\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_int_equal(m->equations.line, 2);
  assert_string_equal(m->equations.text, "\n  a = 1\n\n\n\nb = 2\nc = 3"); /* b stands on line 7 = 2 + 5 */
}

static void places_have_columns(void **state) {
  const rg_declarations *m =
      read_groups(*state, "parameters = { a = 1; long_name /* = */ = 2;\n\tb = 3; };\n");
  const rg_place a = m->parameters.items[0].name.place, l = m->parameters.items[1].name.place,
                 b = m->parameters.items[2].name.place;
  assert_int_equal(a.line, 2);
  assert_int_equal(a.column, 16);
  assert_int_equal(l.column, 23);
  assert_int_equal(l.width, 9);
  assert_int_equal(b.line, 3);
  assert_int_equal(b.column, 2);
  assert_memory_equal(b.source, "\tb = 3; };\n", 11);
}

static void sets_with_letters_and_subsets(void **state) {
  const rg_declarations *m =
      read_groups(*state, "sets = { country = { members = [\"US\", \"GB\", \"JP\"]; index = \"i\";\n"
                          "  subsets = { north = (\"US\", \"GB\"); }; }; sector = { members = [\"A\"]; index "
                          "= [\"s\", \"r\"]; }; };\n");
  assert_int_equal(m->sets.count, 2);
  const rg_set_decl *country = &m->sets.items[0];
  assert_string_equal(country->name.text, "country");
  assert_int_equal(country->members.count, 3);
  assert_string_equal(country->members.items[2].text, "JP");
  assert_int_equal(country->letters.count, 1);
  assert_int_equal(country->subsets.count, 1);
  assert_string_equal(country->subsets.items[0].name.text, "north");
  assert_string_equal(country->subsets.items[0].members.items[1].text, "GB");
  assert_string_equal(m->sets.items[1].letters.items[1].text, "r");
}

static void parameters_short_and_long(void **state) {
  const rg_declarations *m = read_groups(
      *state, "parameters = { alpha = 2; big = 3000000000; hexed = 0x10; tiny = -1.5e-300;\n"
              "  rho = { value = 0.07; about = \"slope\"; unit = \"1/year\"; bounds = [0.01, 0.2]; }; };\n");
  assert_int_equal(m->parameters.count, 5);
  assert_close(m->parameters.items[0].value, 2.0, 0);
  assert_close(m->parameters.items[1].value, 3e9, 0); /* libconfig's own int would have wrapped */
  assert_close(m->parameters.items[2].value, 16.0, 0);
  assert_true(m->parameters.items[3].value == -1.5e-300);
  const rg_parameter_decl *rho = &m->parameters.items[4];
  assert_true(rho->has_value && rho->has_bounds);
  assert_close(rho->value, 0.07, 0);
  assert_close(rho->low, 0.01, 0);
  assert_close(rho->high, 0.2, 0);
  assert_string_equal(rho->unit, "1/year");
}

static void parameters_over_sets(void **state) {
  const rg_declarations *m = read_groups(
      *state,
      "parameters = { open = { over = \"country\"; default = 0.1; values = { US = 0.04; GB = 1; }; };\n"
      "  share = { over = [\"country\", \"country\"]; values = { US = { GB = 0.7; JP = 0.3; }; }; }; };\n");
  const rg_parameter_decl *open = &m->parameters.items[0], *share = &m->parameters.items[1];
  assert_int_equal(open->over.count, 1);
  assert_true(open->has_value);
  assert_int_equal(open->values.count, 2);
  assert_string_equal(open->values.items[1].member[0].text, "GB");
  assert_null(open->values.items[1].member[1].text);
  assert_close(open->values.items[1].number, 1.0, 0);
  assert_int_equal(share->over.count, 2);
  assert_false(share->has_value);
  assert_string_equal(share->values.items[1].member[0].text, "US");
  assert_string_equal(share->values.items[1].member[1].text, "JP");
  assert_close(share->values.items[1].number, 0.3, 0);
}

static void parameters_from_tables(void **state) {
  desk *d = *state;
  write_file(d, "c.csv", "country,y0,\"name, long\"\nUS,1e0,United States\n\nGB,.2,\"Britain, Great\"\n");
  write_file(d, "pairs.csv", "from,to,share\nUS,GB,0.7\nGB,US,0.2\n");
  const rg_declarations *m = read_groups(
      d, "parameters = { y0 = { over = \"country\"; table = \"c.csv\"; column = \"y0\"; values = { GB = 3.0; "
         "}; };\n"
         "  s = { over = [\"country\", \"country\"]; table = \"pairs.csv\"; column = \"share\"; }; };\n");
  const rg_assignments *y0 = &m->parameters.items[0].values, *s = &m->parameters.items[1].values;
  assert_int_equal(y0->count, 3); /* the written value comes after the table's and so wins */
  assert_string_equal(y0->items[1].member[0].text, "GB");
  assert_int_equal(y0->items[1].member[0].place.line, 4);
  assert_close(y0->items[1].number, 0.2, 0);
  assert_close(y0->items[2].number, 3.0, 0);
  assert_string_equal(s->items[1].member[0].text, "GB");
  assert_string_equal(s->items[1].member[1].text, "US");
  assert_close(s->items[1].number, 0.2, 0);
}

static void paths_from_points_and_files(void **state) {
  desk *d = *state;
  write_file(d, "w.csv", "year,index,other\n1960,1,7\n1961,1.5,8\n");
  const rg_declarations *m =
      read_groups(d, "paths = { oil = { points = ( [1973.7, 1.05], [1974.2, 3.0], (1980, 5.2), [1990, 2] ); "
                     "interpolate = \"smooth\"; unit = \"1\"; };\n"
                     "  world = { file = \"w.csv\"; time = \"year\"; column = \"index\"; interpolate = "
                     "\"step\"; }; one = { points = ( [0, 0] ); }; };\n");
  const rg_path_decl *oil = &m->paths.items[0], *world = &m->paths.items[1];
  assert_int_equal(oil->n_points, 4);
  assert_close(oil->time[2], 1980.0, 0);
  assert_close(oil->value[3], 2.0, 0);
  assert_int_equal(oil->interpolation, RG_SMOOTH);
  assert_int_equal(world->n_points, 2);
  assert_close(world->value[1], 1.5, 0);
  assert_int_equal(world->interpolation, RG_STEP);
  assert_int_equal(m->paths.items[2].interpolation, RG_LINEAR);
}

static void modes_and_events(void **state) {
  const rg_declarations *m = read_groups(
      *state, "modes = { tight = 0; ease = { value = 1.0; about = \"relief\"; }; };\n"
              "events = ( { name = \"turn\"; when = \"x - y\"; direction = \"up\"; once = true;\n"
              "             set = { tight = 1.0; v = \"-0.9*v\"; w = { US = 2; GB = \"w[US]\"; }; }; },\n"
              "           { name = \"end\"; when = \"x\"; stop = true; } );\n");
  assert_close(m->modes.items[1].value, 1.0, 0);
  const rg_event_decl *turn = &m->events.items[0], *end = &m->events.items[1];
  assert_true(turn->once && !turn->stop && turn->direction == REGIME_UP);
  assert_true(end->stop && !end->once && end->direction == REGIME_BOTH);
  assert_int_equal(turn->set.count, 4);
  assert_null(turn->set.items[0].expression.text);
  assert_string_equal(turn->set.items[1].expression.text, "-0.9*v");
  assert_int_equal(turn->set.items[1].expression.line, 4);
  assert_string_equal(turn->set.items[2].member[0].text, "US");
  assert_close(turn->set.items[2].number, 2.0, 0);
  assert_string_equal(turn->set.items[3].expression.text, "w[US]");
}

static void overlays_and_scenarios(void **state) {
  const rg_declarations *m = read_groups(
      *state,
      "overlays = { k = { about = \"lake\"; set = { involvement = 0.9; rigidity = 1; }; }; };\n"
      "scenarios = { history = { about = \"as it was\"; };\n"
      "  late = { base = \"history\"; set = { p = 2; q = { US = 3.0; }; };\n"
      "    changes = ( { at = 1975; set = { involvement = { SE = 0.9; }; }; } );\n"
      "    apply = ( { overlay = \"k\"; to = \"country\"; }, { overlay = \"k\"; to = \"GB\"; } ); }; };\n");
  assert_string_equal(m->overlays.items[0].about, "lake");
  assert_close(m->overlays.items[0].set.items[1].number, 1.0, 0);
  const rg_scenario_decl *late = &m->scenarios.items[1];
  assert_null(m->scenarios.items[0].base.text);
  assert_string_equal(late->base.text, "history");
  assert_int_equal(late->set.count, 2);
  assert_string_equal(late->set.items[1].member[0].text, "US");
  assert_close(late->changes.items[0].at, 1975.0, 0);
  assert_int_equal(late->changes.items[0].place.line, 5);
  assert_string_equal(late->changes.items[0].set.items[0].member[0].text, "SE");
  assert_int_equal(late->apply.count, 2);
  assert_string_equal(late->apply.items[1].to.text, "GB");
}

static void results(void **state) {
  desk *d = *state;
  write_file(d, "facts.csv", "variable\n");
  const rg_declarations *m = read_groups(
      d,
      "identities = ( { name = \"balance\"; expr = \"a - b\"; tolerance = 1e-6; }, { name = \"n\"; expr = "
      "\"c\"; } );\n"
      "phases = ( { name = \"slump\"; when = \"g < 0\"; } ); phases_min_length = 2;\n"
      "variables = { Y = { bounds = [0, 10]; about = \"output\"; }; };\n"
      "figures = ( { name = \"f\"; kind = \"panel\"; variable = \"Y\"; members = [\"US\"]; },\n"
      "            { name = \"g\"; kind = \"groups\"; variable = \"Y\"; groups = [\"north\", \"south\"]; },\n"
      "            { name = \"h\"; kind = \"plane\"; x = \"u\"; y = \"v\"; } );\n"
      "observations = { file = \"facts.csv\"; };\n");
  char path[256];
  assert_close(m->identities.items[0].tolerance, 1e-6, 0);
  assert_close(m->identities.items[1].tolerance, 1e-9, 0);
  assert_string_equal(m->phases.items[0].when.text, "g < 0");
  assert_close(m->phases_min_length, 2.0, 0);
  assert_close(m->variables.items[0].high, 10.0, 0);
  assert_int_equal(m->figures.count, 3);
  assert_string_equal(m->figures.items[0].variables.items[0].text, "Y");
  assert_string_equal(m->figures.items[1].groups.items[1].text, "south");
  assert_string_equal(m->observations.items[0].files.items[0].text, path_of(d, "facts.csv", path));
}

static void separators_are_free(void **state) {
  const rg_declarations *m = read_groups(
      *state,
      "parameters : { a = 1, b = 2 c = 3; // one\n /* two */ d:4 }\n# three\nmodes = { } events = ()\n");
  assert_int_equal(m->parameters.count, 4);
  assert_close(m->parameters.items[3].value, 4.0, 0);
}

static void texts_side_by_side_are_one(void **state) {
  desk *d = *state;
  write_file(d, "m.cfg", HEAD "equations = \"x' = \" # first\n \"1\"; parameters = { a = 7; };\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_string_equal(m->equations.text, "x' = 1");
  assert_int_equal(m->parameters.items[0].name.place.line, 3);
}

static void files_from_other_systems(void **state) {
  desk *d = *state;
  write_file(
      d, "m.cfg",
      "\xEF\xBB\xBFmodel = { name = \"m\"; time = \"discrete\"; title = \"Croissance équilibrée\"; };\r\n"
      "equations = \"\r\n x = 1\r\n\";\r\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_string_equal(m->equations.text, "\n x = 1\n");
  assert_string_equal(m->title, "Croissance équilibrée");
}

static void every_file_is_listed_once(void **state) {
  desk *d = *state;
  char path[256];
  write_file(d, "c.csv", "c,a,b\nUS,1,2\n");
  write_file(d, "f.csv", "variable\n");
  write_file(d, "s.inc", "sets = { c = { members = [\"US\"]; index = \"i\"; }; };\n");
  const rg_declarations *m =
      read_groups(d, "@include \"s.inc\"\nobservations = { file = \"f.csv\"; };\n"
                     "parameters = { a = { over = \"c\"; table = \"c.csv\"; column = \"a\"; };\n"
                     "               b = { over = \"c\"; table = \"c.csv\"; column = \"b\"; }; };\n");
  static const char *const names[] = {"m.cfg", "s.inc", "c.csv", "f.csv"};
  assert_int_equal(m->files.count, 4);
  for (size_t k = 0; k < 4; k++) assert_string_equal(m->files.items[k], path_of(d, names[k], path));
}

/* --- includes ------------------------------------------------------------------------------------------- */

static void make_folder(const desk *d, const char *name) {
  char path[256];
  assert_int_equal(mkdir(path_of(d, name, path), 0777), 0);
}

static void includes_are_relative_to_the_including_file(void **state) {
  desk *d = *state;
  char path[256];
  make_folder(d, "part");
  write_file(d, "m.cfg", HEAD "parameters = {\n  a = 1;\n  @include \"part/p.cfg\"\n  c = 3;\n};\n" TAIL);
  write_file(d, "part/p.cfg", "b = 2;\n@include \"q.cfg\"");
  write_file(d, "part/q.cfg", "\nq = { over = \"s\"; table = \"q.csv\"; column = \"v\"; };");
  write_file(d, "part/q.csv", "s,v\nA,1\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_int_equal(m->parameters.count, 4);
  assert_string_equal(m->parameters.items[1].name.place.file, path_of(d, "part/p.cfg", path));
  assert_int_equal(m->parameters.items[1].name.place.line, 1);
  assert_string_equal(m->parameters.items[2].name.place.file, path_of(d, "part/q.cfg", path));
  assert_int_equal(m->parameters.items[2].name.place.line, 2);
  assert_string_equal(m->parameters.items[3].name.text, "c");
  assert_int_equal(m->parameters.items[3].name.place.line, 5);
  assert_int_equal(m->equations.line, 7);
}

static void an_include_in_a_text_or_a_comment_is_none(void **state) {
  desk *d = *state;
  write_file(d, "m.cfg",
             HEAD "/*\n@include \"nowhere\"\n*/\nequations = \"\n@include 'nowhere'\nx = 1\n\";\n");
  const rg_declarations *m = read_file(d, "m.cfg");
  assert_ok(d->status);
  assert_non_null(strstr(m->equations.text, "@include"));
}

static void expect_error(desk *d, const char *name, regime_status status, const char *part) {
  read_file(d, name);
  assert_int_equal(d->status, status);
  assert_true(regime_diagnostic_errors(d->context) > 0);
  const char *message = regime_diagnostic_at(d->context, 0)->message;
  if (!strstr(message, part)) fail_msg("\"%s\" does not say \"%s\"", message, part);
}

static void circles_of_includes_end(void **state) {
  desk *d = *state;
  write_file(d, "a.cfg", "@include \"a.cfg\"\n");
  expect_error(d, "a.cfg", REGIME_BAD_MODEL, "including itself");
  write_file(d, "a.cfg", "x = 1\n@include \"b.cfg\"\n");
  write_file(d, "b.cfg", "@include \"./a.cfg\"\n");
  expect_error(d, "a.cfg", REGIME_BAD_MODEL, "including itself");
}

static void many_includes_do_not_explode(void **state) {
  desk *d = *state;
  for (char c = 'a'; c < 'z'; c++) {
    char name[] = {c, '.', 'c', 'f', 'g', '\0'}, text[64];
    snprintf(text, sizeof text, "@include \"%c.cfg\"\n@include \"%c.cfg\"\n", c + 1, c + 1);
    write_file(d, name, text);
  }
  write_file(d, "z.cfg", "");
  expect_error(d, "a.cfg", REGIME_BAD_MODEL, "including itself");
}

/* --- what cannot be read -------------------------------------------------------------------------------- */

static void files_that_are_no_models(void **state) {
  desk *d = *state;
  static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
  expect_error(d, "none.cfg", REGIME_NO_FILE, "cannot read");
  expect_error(d, ".", REGIME_NO_FILE, "cannot read");
  write_file(d, "m.cfg", "");
  expect_error(d, "m.cfg", REGIME_BAD_MODEL, "no settings");
  write_file(d, "m.cfg", " \n# nothing\n");
  expect_error(d, "m.cfg", REGIME_BAD_MODEL, "no settings");
  write_bytes(d, "m.cfg", picture, sizeof picture);
  expect_error(d, "m.cfg", REGIME_NO_FILE, "not text in UTF-8");
  write_file(d, "m.cfg", "title = \"\xE9\";");
  expect_error(d, "m.cfg", REGIME_BAD_MODEL, "not text in UTF-8");
  write_file(d, "m.cfg", "title = \"\xC3");
  expect_error(d, "m.cfg", REGIME_BAD_MODEL, "not text in UTF-8");
}

static void deep_nesting_is_refused(void **state) {
  desk *d = *state;
  enum { DEPTH = 200000 };
  char *text = malloc(DEPTH + 5);
  assert_non_null(text);
  memcpy(text, "a = ", 4);
  memset(text + 4, '(', DEPTH);
  text[4 + DEPTH] = '\0';
  write_file(d, "m.cfg", text);
  free(text);
  expect_error(d, "m.cfg", REGIME_BAD_MODEL, "nested");
}

static void a_large_file_is_read(void **state) {
  desk *d = *state;
  char *text = malloc(64 * 5000), *at = text;
  assert_non_null(text);
  at += sprintf(at, "parameters = {\n");
  for (int k = 0; k < 5000; k++) at += sprintf(at, "  p%d = %d.5;\n", k, k);
  sprintf(at, "};\n");
  const rg_declarations *m = read_groups(d, text);
  free(text);
  assert_int_equal(m->parameters.count, 5000);
  assert_close(m->parameters.items[4999].value, 4999.5, 0);
  assert_int_equal(m->parameters.items[4999].name.place.line, 5002);
}

static void everything_wrong_is_found_in_one_pass(void **state) {
  desk *d = *state;
  write_file(d, "c.csv", "m,v\nA,x\nB,\nC,1\nC,2\n");
  write_file(d, "m.cfg",
             "model = { name = \"m\"; time = \"weekly\"; colour = 1; };\n"
             "span = { from = 2.0; to = 1.0; };\n"
             "parameters = { a = \"x\"; b = { value = 3.0; bounds = [1.0, 0.0]; };\n"
             "  c = { over = \"s\"; table = \"c.csv\"; column = \"v\"; };\n"
             "  d = { over = \"s\"; table = \"d.csv\"; column = \"v\"; }; };\n"
             "events = ( { name = \"e\"; direction = \"left\"; } );\n");
  read_file(d, "m.cfg");
  assert_int_equal(d->status, REGIME_BAD_MODEL);
  assert_int_equal(regime_diagnostic_errors(d->context), 12);
  assert_int_equal(d->declared.parameters.count, 4); /* kept, so that equations may name them */
}

/* A damaged model earns a finding or is read; nothing crashes, hangs or leaks, and libconfig, which would
 * leak, is never given a text that it refuses. */
static void damaged_models(void **state) {
  desk *d = *state;
  static const char whole[] =
      HEAD "sets = { c = { members = [\"US\", \"GB\"]; index = [\"i\"]; subsets = { n = [\"US\"]; }; }; };\n"
           "parameters = { a = 0.5; b = { over = \"c\"; default = 1e-3; values = { US = 2; }; }; /* x */ };\n"
           "paths = { p = { points = ( [0.0, 1.0], [1.0, 2.0] ); }; };  # y\n"
           "events = ( { name = \"e\"; when = \"x - 1\"; once = true; set = { m = \"x\"; }; } );\n" TAIL;
  static const char junk[] = "{}[]()=;:,\"#/*\\@-_0aZ. \n\t\xC3";
  const unsigned seed = 20240229;
  srand(seed);
  for (int trial = 0; trial < 1000; trial++) {
    char text[sizeof whole];
    memcpy(text, whole, sizeof whole);
    for (int hits = 1 + rand() % 3; hits > 0; hits--)
      text[(size_t)rand() % (sizeof whole - 1)] = junk[(size_t)rand() % (sizeof junk - 1)];
    write_file(d, "m.cfg", text);
    read_file(d, "m.cfg");
    assert_int_equal(d->status == REGIME_OK, regime_diagnostic_errors(d->context) == 0);
    for (size_t k = 0; k < regime_diagnostic_count(d->context); k++)
      if (strstr(regime_diagnostic_at(d->context, k)->message, "libconfig"))
        fail_msg("seed %u, trial %d: libconfig refused\n%s", seed, trial, text);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_small_model),
      TEST(only_name_and_time_are_required),
      TEST(the_line_of_a_text_is_where_it_starts),
      TEST(several_texts_of_equations_keep_their_lines),
      TEST(places_have_columns),
      TEST(sets_with_letters_and_subsets),
      TEST(parameters_short_and_long),
      TEST(parameters_over_sets),
      TEST(parameters_from_tables),
      TEST(paths_from_points_and_files),
      TEST(modes_and_events),
      TEST(overlays_and_scenarios),
      TEST(results),
      TEST(separators_are_free),
      TEST(texts_side_by_side_are_one),
      TEST(files_from_other_systems),
      TEST(every_file_is_listed_once),
      TEST(includes_are_relative_to_the_including_file),
      TEST(an_include_in_a_text_or_a_comment_is_none),
      TEST(circles_of_includes_end),
      TEST(many_includes_do_not_explode),
      TEST(files_that_are_no_models),
      TEST(deep_nesting_is_refused),
      TEST(a_large_file_is_read),
      TEST(everything_wrong_is_found_in_one_pass),
      TEST(damaged_models),
  };
  return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
