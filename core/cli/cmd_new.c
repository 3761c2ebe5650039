/* cmd_new.c — regime new: a model to start from. */
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/say.h"

#include <string.h>
#include <unistd.h>

/* %s is the model's name. The model runs as it is; tests/cli/test_new.sh sees to that. */
static const char skeleton[] =
    "# %s: what the model is about, in a sentence, and the paper it comes from.\n"
    "#\n"
    "#   regime check %s.cfg        everything wrong at once\n"
    "#   regime run %s.cfg --plot   one path, and its figures\n"
    "\n"
    "model = { name = \"%s\"; title = \"A title\"; source = \"Author (year)\"; time = \"continuous\"; unit = "
    "\"year\"; };\n"
    "span  = { from = 0.0; to = 100.0; output = 0.5; };\n"
    "\n"
    "# A number, or a group with what is known of it. Write 0.0, not 0.\n"
    "parameters = {\n"
    "  growth   = { value = 0.05; about = \"growth where nothing holds it back\"; unit = \"1/year\"; bounds "
    "= "
    "[0.0, 1.0]; };\n"
    "  capacity = 10.0;\n"
    "};\n"
    "\n"
    "# One statement a line, in any order.\n"
    "#   x' = ...      a differential equation; it needs an `init x = ...`\n"
    "#   x = ...       an auxiliary\n"
    "#   ## label | unit   names the variable in tables and figures\n"
    "equations = \"\n"
    "  init Y = 1\n"
    "  Y' = growth*Y*(1 - Y/capacity)        ## output\n"
    "  room = capacity - Y                   ## room to grow\n"
    "\";\n"
    "\n"
    "# What must hold at every moment: a breach is an error that names the time and the amount.\n"
    "identities = ( { name = \"output and room fill the capacity\"; expr = \"Y + room - capacity\"; "
    "tolerance = "
    "1e-9; } );\n"
    "\n"
    "# Stretches of time, read off the path: the first that holds wins.\n"
    "phases = ( { name = \"take-off\";   when = \"Y < capacity/2\"; },\n"
    "           { name = \"saturation\"; when = \"Y >= capacity/2\"; } );\n"
    "\n"
    "# regime run %s.cfg --scenario slow\n"
    "scenarios = {\n"
    "  slow = { about = \"half the growth\"; set = { growth = 0.025; }; };\n"
    "};\n"
    "\n"
    "figures = ( { name = \"path\"; kind = \"time\"; variables = [\"Y\", \"room\"]; } );\n";

static bool is_name(const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return name[0] && strchr(letters, name[0]) &&
         name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == '\0';
}

/* Everything before the ending .cfg, if there is one. */
static const char *without_ending(const rg_cli *cli, const char *file) {
  const size_t length = strlen(file);
  const bool ends = length > 4 && strcmp(file + length - 4, ".cfg") == 0;
  return rg_arena_text_n(cli->arena, file, ends ? length - 4 : length);
}

static regime_status complain(const rg_cli *cli, const char *remedy, const char *what, const char *name) {
  rg_error(cli->context, (rg_place){0}, remedy, what, name);
  return REGIME_BAD_ARGUMENT;
}

static regime_status write_skeleton(const rg_cli *cli, const char *file, const char *name) {
  rg_draft draft;
  const regime_status status = rg_draft_open(cli->context, file, &draft);
  if (status != REGIME_OK) return status;
  fprintf(draft.stream, skeleton, name, name, name, name, name);
  return rg_draft_commit(cli->context, &draft);
}

regime_status rg_cmd_new(rg_cli *cli) {
  const char *path = without_ending(cli, cli->options.argument);
  const char *file = rg_arena_printf(cli->arena, "%s.cfg", path);
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  if (!is_name(name))
    return complain(cli, "a name begins with a letter; letters, digits, `_` and `-` may follow",
                    "`%s` cannot be the name of a model", name);
  if (access(file, F_OK) == 0)
    return complain(cli, "choose another name, or move the file away", "`%s` exists already", file);
  const regime_status status = write_skeleton(cli, file, name);
  if (status != REGIME_OK) return status;
  if (rg_wants_json(cli)) return rg_answer(cli, json_pack("{s:o}", "file", rg_json_text(file)));
  printf("wrote %s: edit it, then try\n  regime check %s\n  regime run %s --plot\n", file, file, file);
  return REGIME_OK;
}
