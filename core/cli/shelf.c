/* shelf.c — walks the folders of the shelf. */
#include "cli/shelf.h"
#include "base/diagnostic.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const homes[] = {REGIME_SOURCE_DIR, REGIME_DATA_DIR};
enum { N_HOMES = sizeof homes / sizeof *homes, DEEPEST = 2 };

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* A shelf read while walking: the folder it is in, and how deep. */
typedef struct walk {
  const rg_cli *cli;
  rg_shelf *shelf;
  const char *path, *folder; /* whole path, and its last part */
  int depth;
} walk;

static bool is_on(const rg_shelf *shelf, const char *name) {
  for (size_t k = 0; k < shelf->count; k++)
    if (strcmp(shelf->items[k].name, name) == 0) return true;
  return false;
}

/* A file NAME.cfg is a model when it lies in a folder NAME or directly on the shelf. */
static void consider_file(walk *w, const char *file, const char *base) {
  const size_t length = strlen(base);
  if (length <= 4 || strcmp(base + length - 4, ".cfg") != 0) return;
  const char *name = rg_arena_text_n(w->cli->arena, base, length - 4);
  if ((w->depth > 0 && strcmp(name, w->folder) != 0) || is_on(w->shelf, name)) return;
  const rg_shelf_entry entry = {name, file};
  RG_APPEND(w->cli->arena, w->shelf, entry);
}

static void read_folder(walk *w) {
  DIR *folder = opendir(w->path);
  if (!folder) return;
  RG_LIST(const char *) names = {0};
  for (struct dirent *entry; (entry = readdir(folder));)
    if (entry->d_name[0] != '.')
      RG_APPEND(w->cli->arena, &names, rg_arena_text(w->cli->arena, entry->d_name));
  closedir(folder);
  for (size_t k = 0; k < names.count; k++) {
    const char *path = rg_arena_printf(w->cli->arena, "%s/%s", w->path, names.items[k]);
    if (!is_folder(path))
      consider_file(w, path, names.items[k]);
    else if (w->depth < DEEPEST)
      read_folder(&(walk){w->cli, w->shelf, path, names.items[k], w->depth + 1});
  }
}

static void read_place(const rg_cli *cli, rg_shelf *shelf, const char *path) {
  read_folder(&(walk){cli, shelf, path, "", 0});
}

static int compare_names(const void *a, const void *b) {
  return strcmp(((const rg_shelf_entry *)a)->name, ((const rg_shelf_entry *)b)->name);
}

rg_shelf rg_shelf_read(const rg_cli *cli) {
  rg_shelf shelf = {0};
  const char *path = getenv("REGIME_PATH");
  for (const char *part = path ? path : ""; *part; part += strspn(part, ":")) {
    const size_t length = strcspn(part, ":");
    read_place(cli, &shelf, rg_arena_text_n(cli->arena, part, length));
    part += length;
  }
  for (size_t k = 0; k < N_HOMES; k++)
    read_place(cli, &shelf, rg_arena_printf(cli->arena, "%s/models", homes[k]));
  if (shelf.count) qsort(shelf.items, shelf.count, sizeof *shelf.items, compare_names);
  return shelf;
}

static bool looks_like_file(const char *model) {
  const size_t length = strlen(model);
  return strchr(model, '/') || (length > 4 && strcmp(model + length - 4, ".cfg") == 0);
}

static regime_status not_found(const rg_cli *cli, const rg_shelf *shelf, const char *model) {
  const char **names = RG_NEW_ARRAY(cli->arena, const char *, shelf->count);
  for (size_t k = 0; k < shelf->count; k++) names[k] = shelf->items[k].name;
  char buffer[160];
  const char *file = rg_arena_printf(cli->arena, "%s.cfg", model);
  const char *remedy =
      access(file, R_OK) == 0
          ? rg_arena_printf(cli->arena, "did you mean the file `%s`?", file)
          : rg_did_you_mean(model, names, shelf->count,
                            "give a file, or a name from `regime list`; REGIME_PATH adds folders", buffer);
  rg_error(cli->context, (rg_place){0}, remedy, "there is no model `%s`", model);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_shelf_load(const rg_cli *cli, const char *model, regime_model **out) {
  *out = NULL;
  if (looks_like_file(model)) return regime_model_load(cli->context, model, out);
  const rg_shelf shelf = rg_shelf_read(cli);
  for (size_t k = 0; k < shelf.count; k++)
    if (strcmp(shelf.items[k].name, model) == 0)
      return regime_model_load(cli->context, shelf.items[k].file, out);
  if (access(model, R_OK) == 0 && !is_folder(model)) return regime_model_load(cli->context, model, out);
  return not_found(cli, &shelf, model);
}

const char *rg_data_file(const rg_cli *cli, const char *name) {
  for (size_t k = 0; k < N_HOMES; k++) {
    const char *path = rg_arena_printf(cli->arena, "%s/%s", homes[k], name);
    if (access(path, R_OK) == 0) return path;
  }
  return NULL;
}
