/* files.h — small works on files for the command. */
#ifndef RG_FILES_H
#define RG_FILES_H

#include "cli/cli.h"

/* A text as part of a file's name: letters, digits, `.`, `-` and `_` stay, the rest becomes `_`. */
const char *rg_file_name(const rg_cli *cli, const char *text);

/* The whole path of a file, the same from wherever it is asked. */
const char *rg_whole_path(const rg_cli *cli, const char *path);

/* The text of a file, in the arena. */
REGIME_MUST_CHECK regime_status rg_file_text(const rg_cli *cli, const char *path, const char **out);

/* Writes a text as a file, and makes the folders it lies in. */
REGIME_MUST_CHECK regime_status rg_file_put(const rg_cli *cli, const char *path, const char *text);

/* SHA-256 in hexadecimal. */
const char *rg_digest(const rg_cli *cli, const char *text);

/* A new temporary folder; and a folder with everything in it taken away. */
REGIME_MUST_CHECK regime_status rg_temporary_folder(const rg_cli *cli, const char **out);
void rg_remove_tree(const char *path);

#endif
