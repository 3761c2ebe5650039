/* files.c — paths, texts, digests, temporary folders. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cli/files.h"
#include "base/diagnostic.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *rg_file_name(const rg_cli *cli, const char *text) {
  char *name = rg_arena_text(cli->arena, text);
  for (char *c = name; *c; c++) {
    const bool keeps = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
    if (!keeps && !strchr(".-_", *c)) *c = '_';
  }
  return name;
}

const char *rg_whole_path(const rg_cli *cli, const char *path) {
  char *resolved = realpath(path, NULL);
  const char *whole = rg_arena_text(cli->arena, resolved ? resolved : path);
  free(resolved);
  return whole;
}

regime_status rg_file_text(const rg_cli *cli, const char *path, const char **out) {
  char *text;
  const regime_status status = rg_file_read(cli->context, path, &text);
  *out = status == REGIME_OK ? rg_arena_text(cli->arena, text) : NULL;
  free(text);
  return status;
}

regime_status rg_file_put(const rg_cli *cli, const char *path, const char *text) {
  const char *slash = strrchr(path, '/');
  const char *folder = slash ? rg_arena_text_n(cli->arena, path, (size_t)(slash - path)) : ".";
  regime_status status = rg_make_folders(cli->context, folder);
  rg_draft draft;
  if (status == REGIME_OK) status = rg_draft_open(cli->context, path, &draft);
  if (status != REGIME_OK) return status;
  fputs(text, draft.stream);
  return rg_draft_commit(cli->context, &draft);
}

const char *rg_digest(const rg_cli *cli, const char *text) {
  char *hex = rg_arena_take(cli->arena, SHA256_DIGEST_STRING_LENGTH, 1);
  SHA256Data((const uint8_t *)text, strlen(text), hex);
  return hex;
}

regime_status rg_temporary_folder(const rg_cli *cli, const char **out) {
  const char *folder = getenv("TMPDIR");
  char *path = rg_arena_printf(cli->arena, "%s/regime-XXXXXX", folder && folder[0] ? folder : "/tmp");
  *out = mkdtemp(path);
  if (*out) return REGIME_OK;
  rg_error(cli->context, (rg_place){.file = folder}, "set TMPDIR to a folder that can be written",
           "cannot make a temporary folder: %s", strerror(errno));
  return REGIME_NO_FILE;
}

void rg_remove_tree(const char *path) {
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    char part[4096];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (snprintf(part, sizeof part, "%s/%s", path, entry->d_name) < (int)sizeof part) rg_remove_tree(part);
  }
  if (folder) closedir(folder);
  remove(path);
}
