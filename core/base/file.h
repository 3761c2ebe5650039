/* file.h — whole files: read at once, and written so that nobody ever sees half of one. */
#ifndef RG_FILE_H
#define RG_FILE_H

#include <regime/context.h>
#include <stdio.h>

/* The whole file as NUL-terminated text. *out is yours (free); NULL on failure. NO_FILE with a diagnostic,
 * also where the file holds a NUL itself. */
REGIME_MUST_CHECK regime_status rg_file_read(regime_context *context, const char *path, char **out);

/* A file that appears under its name only when it is whole: it is written beside it under another name,
 * and renamed into place by commit, unless the context is interrupted: NO. drop takes back an unfinished one.
 */
typedef struct rg_draft {
  FILE *stream;
  char *path, *unfinished;
} rg_draft;
REGIME_MUST_CHECK regime_status rg_draft_open(regime_context *context, const char *path, rg_draft *out);
REGIME_MUST_CHECK regime_status rg_draft_commit(regime_context *context, rg_draft *draft);
void rg_draft_drop(rg_draft *draft); /* takes a zeroed or finished draft */

/* Makes a folder and its parents; an existing one is fine. */
REGIME_MUST_CHECK regime_status rg_make_folders(regime_context *context, const char *path);

#endif
