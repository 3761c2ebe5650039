/* read_matrices.c — stock-flow matrices as they are written. */
#include "model/read.h"

#include <string.h>

static void refuse_none(rg_reader *reader, const config_setting_t *setting, const char *remedy) {
  if (config_setting_is_aggregate(setting) && config_setting_length(setting) == 0)
    rg_error(reader->context, rg_place_of(setting), remedy, "%s is empty", rg_label(reader, setting));
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static void read_row_kind(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"financial", "real", "balance"};
  *(regime_row_kind *)into =
      (regime_row_kind)rg_read_choice(reader, setting, choices, 3, REGIME_ROW_FINANCIAL);
}

static void read_entry(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_row_decl *row = into;
  rg_entry_decl entry = {.sector = rg_word_of(setting)};
  rg_read_written(reader, setting, &entry.expression);
  if (entry.expression.text) RG_APPEND(reader->arena, &row->entries, entry);
}

static void read_entries(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_entry, into);
  refuse_none(reader, setting, "write { SECTOR = \"EXPRESSION\"; ... }");
}

static const rg_key row_key[] = {
    {"name", rg_read_word, offsetof(rg_row_decl, name), "name = \"consumption\";"},
    {"kind", read_row_kind, offsetof(rg_row_decl, kind), NULL},
    {"entries", read_entries, 0, "entries = { households = \"-C\"; firms = \"C\"; };"},
};

static void read_row(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_matrix_decl *matrix = into;
  rg_row_decl row = {0};
  rg_read_keys(reader, setting, RG_KEYS("a row", row_key), &row);
  if (row.name.text) RG_APPEND(reader->arena, &matrix->rows, row);
}

static void read_rows(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_row, into);
  refuse_none(reader, setting, "write ( { name = \"consumption\"; entries = { ... }; }, ... );");
}

/* --- a matrix ------------------------------------------------------------------------------------------ */

static const rg_key redundant_key[] = {
    {"name", rg_read_word, offsetof(rg_identity_decl, name), "name = \"money held is money issued\";"},
    {"expr", rg_read_written, offsetof(rg_identity_decl, expression),
     "expr = \"EXPRESSION\"; what must be zero"},
    {"tolerance", rg_read_positive, offsetof(rg_identity_decl, tolerance), NULL},
};

static void read_redundant(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_identity_decl redundant = {.tolerance = 1e-9};
  rg_read_keys(reader, setting, RG_KEYS("a redundant equation", redundant_key), &redundant);
  if (redundant.name.text && redundant.expression.text) *(rg_identity_decl *)into = redundant;
}

static void read_kind(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"flows", "stocks"};
  *(regime_matrix_kind *)into = (regime_matrix_kind)rg_read_choice(reader, setting, choices, 2, REGIME_FLOWS);
}

/* "households[country]" in its parts. False after an error. */
static bool split_sector(rg_reader *reader, rg_word word, rg_sector_decl *out) {
  const char *open = strchr(word.text, '['), *end = word.text + strlen(word.text);
  *out = (rg_sector_decl){.name = word};
  if (!open) return rg_check_name(reader, word);
  if (open == word.text || end - open < 3 || end[-1] != ']') {
    rg_error(reader->context, word.place, "write \"NAME\", or \"NAME[SET]\" for one in each member of a set",
             "`%s` is not a sector", word.text);
    return false;
  }
  out->name.text = rg_arena_text_n(reader->arena, word.text, (size_t)(open - word.text));
  out->over = (rg_word){rg_arena_text_n(reader->arena, open + 1, (size_t)(end - open) - 2), word.place};
  return rg_check_name(reader, out->name) && rg_check_name(reader, out->over);
}

static void read_sectors(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_matrix_decl *matrix = into;
  rg_words words = {0}, names = {0};
  rg_read_words(reader, setting, &words);
  for (size_t k = 0; k < words.count; k++) {
    rg_sector_decl sector;
    if (!split_sector(reader, words.items[k], &sector)) continue;
    RG_APPEND(reader->arena, &matrix->sectors, sector);
    RG_APPEND(reader->arena, &names, sector.name);
  }
  rg_check_twice(reader, &names, "`sectors`");
  refuse_none(reader, setting, "write [\"households\", \"firms\"]");
}

static const rg_key matrix_key[] = {
    {"name", rg_read_word, offsetof(rg_matrix_decl, name), "name = \"transactions\";"},
    {"kind", read_kind, offsetof(rg_matrix_decl, kind), "kind = \"flows\"; or \"stocks\""},
    {"sectors", read_sectors, 0, "sectors = [\"households\", \"firms\"];"},
    {"rows", read_rows, 0, "rows = ( { name = \"consumption\"; entries = { ... }; }, ... );"},
    {"redundant", read_redundant, offsetof(rg_matrix_decl, redundant), NULL},
    {"tolerance", rg_read_positive, offsetof(rg_matrix_decl, tolerance), NULL},
};

static void read_matrix(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_matrix_decl matrix = {.tolerance = 1e-9};
  rg_read_keys(reader, setting, RG_KEYS("a matrix", matrix_key), &matrix);
  if (matrix.name.text) RG_APPEND(reader->arena, &out->matrices, matrix);
}

void rg_read_matrices(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_matrix, into);
}
