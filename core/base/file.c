/* file.c — whole files in, whole files out. */
#include "base/file.h"
#include "base/diagnostic.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static regime_status cannot(regime_context *context, const char *what, const char *path) {
  rg_error(context, (rg_place){.file = path}, NULL, "cannot %s: %s", what, strerror(errno));
  return REGIME_NO_FILE;
}

static regime_status refuse_binary(regime_context *context, const char *path) {
  rg_error(context, (rg_place){.file = path},
           "save it as plain text in UTF-8 (an editor calls this the file's encoding)",
           "this file is not text in UTF-8: byte 0x00 is no character");
  return REGIME_NO_FILE;
}

static void read_all(FILE *stream, rg_text *text) {
  char block[16384];
  for (size_t n; (n = fread(block, 1, sizeof block, stream)) > 0;) rg_text_add_n(text, block, n);
}

regime_status rg_file_read(regime_context *context, const char *path, char **out) {
  *out = NULL;
  FILE *stream = fopen(path, "rb");
  if (!stream) return cannot(context, "read", path);
  rg_text text = {0};
  read_all(stream, &text);
  const bool failed = ferror(stream) != 0;
  const int reason = errno;
  fclose(stream);
  if (failed) {
    rg_text_drop(&text);
    errno = reason;
    return cannot(context, "read", path);
  }
  if (text.bytes && strlen(text.bytes) < text.length) {
    rg_text_drop(&text);
    return refuse_binary(context, path);
  }
  return rg_text_finish(&text, out);
}

regime_status rg_draft_open(regime_context *context, const char *path, rg_draft *out) {
  *out = (rg_draft){0};
  const size_t length = strlen(path);
  out->path = malloc(length + 1);
  out->unfinished = malloc(length + 32);
  if (!out->path || !out->unfinished) {
    rg_draft_drop(out);
    return REGIME_NO_MEMORY;
  }
  memcpy(out->path, path, length + 1);
  snprintf(out->unfinished, length + 32, "%s.%ld.unfinished", path, (long)getpid());
  out->stream = fopen(out->unfinished, "wb");
  if (out->stream) return REGIME_OK;
  const regime_status status = cannot(context, "write", path);
  rg_draft_drop(out);
  return status;
}

/* The reason of a failure outlives the closing. */
static bool close_whole(FILE *stream) {
  const bool failed = ferror(stream) || fflush(stream) != 0;
  const int reason = errno;
  const bool closed = fclose(stream) == 0;
  if (failed) errno = reason;
  return closed && !failed;
}

static regime_status interrupted(regime_context *context, const char *path) {
  rg_error(context, (rg_place){.file = path}, "do it again", "interrupted before this file was whole");
  return REGIME_NO;
}

regime_status rg_draft_commit(regime_context *context, rg_draft *draft) {
  const bool whole = close_whole(draft->stream);
  regime_status status = REGIME_OK;
  if (regime_context_interrupted(context))
    status = interrupted(context, draft->path);
  else if (!whole || rename(draft->unfinished, draft->path) != 0)
    status = cannot(context, "write", draft->path);
  if (status != REGIME_OK) remove(draft->unfinished);
  free(draft->path);
  free(draft->unfinished);
  *draft = (rg_draft){0};
  return status;
}

void rg_draft_drop(rg_draft *draft) {
  if (draft->stream) {
    fclose(draft->stream);
    remove(draft->unfinished);
  }
  free(draft->path);
  free(draft->unfinished);
  *draft = (rg_draft){0};
}

static bool is_folder(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

regime_status rg_make_folders(regime_context *context, const char *path) {
  char *part = malloc(strlen(path) + 1);
  if (!part) return REGIME_NO_MEMORY;
  regime_status status = REGIME_OK;
  const size_t length = strlen(path);
  for (size_t k = 1; k <= length && status == REGIME_OK; k++) {
    if (path[k] != '/' && path[k] != '\0') continue;
    memcpy(part, path, k);
    part[k] = '\0';
    if (mkdir(part, 0777) != 0 && !is_folder(part)) status = cannot(context, "make the folder", part);
  }
  free(part);
  return status;
}
