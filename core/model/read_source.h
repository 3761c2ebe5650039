/* read_source.h — a model's text: its files joined, cut into tokens, and where each of them stands.
 *
 * libconfig knows the line of a setting and not its column, looks for every include in one folder, and ends
 * the process when it meets one it cannot read. So the files are joined here, libconfig is given the whole
 * text, and its settings are matched with the tokens found here in the same order (rg_read_places, in
 * read.h).
 */
#ifndef RG_READ_SOURCE_H
#define RG_READ_SOURCE_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include <stdbool.h>

typedef enum rg_source_token_kind {
  RG_SOURCE_SPACE, /* blanks and comments: never in the list */
  RG_SOURCE_NAME,  /* what libconfig takes for a name; may hold `-` and `*` */
  RG_SOURCE_NUMBER,
  RG_SOURCE_TRUTH,    /* true, false */
  RG_SOURCE_TEXT,     /* "...", with its quotes */
  RG_SOURCE_MARK,     /* one of = : ; , { } [ ] ( ) */
  RG_SOURCE_STRANGE,  /* a character that has no meaning outside quotes */
  RG_SOURCE_UNCLOSED, /* a text or a comment that runs to the end of the file */
  RG_SOURCE_END
} rg_source_token_kind;

typedef struct rg_source_token {
  rg_source_token_kind kind;
  const char *text;
  size_t length;
  size_t line; /* number into the source's lines */
} rg_source_token;

typedef struct rg_source_line {
  const char *file;
  int number;       /* within its file */
  const char *text; /* within the joined text */
} rg_source_line;

typedef struct rg_source {
  char *text;
  RG_LIST(rg_source_line) lines;
  RG_LIST(rg_source_token) tokens; /* ends with RG_SOURCE_END */
  RG_LIST(const char *) files;     /* as they were read; one that is included twice stands twice */
} rg_source;

/* Reads a file and what it includes. NO_FILE when the file itself cannot be read; BAD_MODEL when it or one
 * that it includes is no text, or an include fails. */
REGIME_MUST_CHECK regime_status rg_source_read(regime_context *context, rg_arena *arena, const char *file,
                                               rg_source *out);

rg_place rg_source_place(const rg_source *source, const rg_source_token *token);
bool rg_source_token_is(const rg_source_token *token, const char *text);

/* Is the text one that libconfig can read? Reports what is wrong with it when not: the first fault, and all
 * names written twice before it. */
bool rg_check_syntax(regime_context *context, rg_arena *arena, const rg_source *source);

/* The path of a file named in another: beside it, unless it begins at the root. */
const char *rg_beside(rg_arena *arena, const char *naming_file, const char *path);
/* Why a file cannot be read ("No such file or directory"), or NULL. */
const char *rg_unreadable(const char *path);

#endif
