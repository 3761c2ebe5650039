/* matrices.c — matrices from their declarations. */
#include "model/matrices.h"

#include <string.h>

/* Whom a sector stands for: itself, or the members of a set. */
typedef struct rg_sector {
  size_t set; /* RG_NO_MEMBER: itself */
  size_t count;
  const size_t *member; /* NULL: all of the set */
} rg_sector;

typedef struct builder {
  rg_checker *checker;
  const rg_check_input *in;
  rg_arena *arena;
  const rg_matrix_decl *declared;
  rg_sector *sector;
  rg_matrices *out;
} builder;

/* --- columns ------------------------------------------------------------------------------------------- */

static rg_sector sector_of(const builder *b, const rg_sector_decl *d) {
  const rg_sets *sets = b->in->sets;
  const rg_word set = d->over.text ? d->over : d->name;
  const rg_meaning meaning = rg_scope_find(b->in->scope, set.text);
  char buffer[160];
  if (meaning.kind == RG_IS_SET)
    return (rg_sector){meaning.number, sets->set[meaning.number].n_members, NULL};
  if (meaning.kind == RG_IS_SUBSET) {
    const rg_subset *subset = &sets->subsets.items[meaning.number];
    return (rg_sector){subset->set, subset->count, subset->member};
  }
  if (d->over.text)
    rg_error(b->in->context, set.place,
             rg_scope_suggest(b->in->scope, set.text, RG_KIND(SET) | RG_KIND(SUBSET),
                              "declare it under `sets`", buffer),
             "`%s` is neither a set nor a subset", set.text);
  return (rg_sector){RG_NO_MEMBER, 1, NULL};
}

static size_t member_of(rg_sector sector, size_t k) { return sector.member ? sector.member[k] : k; }

static const char *with_index(const builder *b, const rg_sector_decl *d, const char *index) {
  return d->over.text ? rg_arena_printf(b->arena, "%s[%s]", d->name.text, index) : index;
}

static void lay_out(builder *b, regime_matrix *m) {
  m->n_sectors = b->declared->sectors.count;
  const char **name = RG_NEW_ARRAY(b->arena, const char *, m->n_sectors);
  bool *many = RG_NEW_ARRAY(b->arena, bool, m->n_sectors);
  b->sector = RG_NEW_ARRAY(b->arena, rg_sector, m->n_sectors);
  for (size_t s = 0; s < m->n_sectors; s++) {
    const rg_sector_decl *d = &b->declared->sectors.items[s];
    b->sector[s] = sector_of(b, d);
    name[s] = d->over.text ? with_index(b, d, d->over.text) : d->name.text;
    many[s] = b->sector[s].set != RG_NO_MEMBER;
    m->n_columns += b->sector[s].count;
  }
  m->sector = name;
  m->is_many = many;
}

static void name_columns(const builder *b, regime_matrix *m) {
  const char **column = RG_NEW_ARRAY(b->arena, const char *, m->n_columns);
  size_t *sector_of_column = RG_NEW_ARRAY(b->arena, size_t, m->n_columns), c = 0;
  for (size_t s = 0; s < m->n_sectors; s++)
    for (size_t k = 0; k < b->sector[s].count; k++, c++) {
      const rg_sector sector = b->sector[s];
      sector_of_column[c] = s;
      column[c] = m->sector[s];
      if (m->is_many[s])
        column[c] = with_index(b, &b->declared->sectors.items[s],
                               b->in->sets->set[sector.set].member[member_of(sector, k)]);
    }
  m->column = column;
  m->sector_of = sector_of_column;
}

/* --- cells --------------------------------------------------------------------------------------------- */

static const rg_tree *parse(const builder *b, rg_written written, size_t set) {
  const rg_tree *tree = rg_parse_expression(b->in->context, b->arena, b->in->statements, written.text,
                                            written.file, written.line);
  if (tree) rg_check_over(b->checker, tree, set, RG_SORT_NUMBER);
  return tree;
}

/* The number of the new entry. */
static size_t add_entry(const builder *b, const rg_tree *tree, size_t set, size_t member) {
  const rg_matrix_entry entry = {.tree = tree, .set = set, .member = member};
  RG_APPEND(b->arena, &b->out->entries, entry);
  return b->out->entries.count - 1;
}

/* The number of a sector, or n_sectors after an error. */
static size_t find_sector(const builder *b, const regime_matrix *m, rg_word word) {
  const char **name = RG_NEW_ARRAY(b->arena, const char *, m->n_sectors);
  char buffer[160];
  for (size_t s = 0; s < m->n_sectors; s++) {
    name[s] = b->declared->sectors.items[s].name.text;
    if (!strcmp(name[s], word.text)) return s;
  }
  rg_error(b->in->context, word.place,
           rg_did_you_mean(word.text, name, m->n_sectors, "name it under `sectors`", buffer),
           "the matrix `%s` has no sector `%s`", m->name, word.text);
  return m->n_sectors;
}

/* The entries of a row by sector; NULL: none. */
static const rg_entry_decl **sort_entries(const builder *b, const rg_row_decl *row, const regime_matrix *m) {
  const rg_entry_decl **of = RG_NEW_ARRAY(b->arena, const rg_entry_decl *, m->n_sectors + 1);
  for (size_t k = 0; k < row->entries.count; k++)
    of[find_sector(b, m, row->entries.items[k].sector)] = &row->entries.items[k];
  return of;
}

/* Entries are numbered row by row, from left to right. */
static void read_row(const builder *b, const rg_row_decl *row, const regime_matrix *m,
                     const char **expression, size_t *entry) {
  const rg_entry_decl **of = sort_entries(b, row, m);
  for (size_t s = 0, c = 0; s < m->n_sectors; c += b->sector[s++].count) {
    if (!of[s]) continue;
    const rg_sector sector = b->sector[s];
    const rg_tree *tree = parse(b, of[s]->expression, sector.set);
    expression[s] = of[s]->expression.text;
    for (size_t k = 0; k < sector.count; k++)
      entry[c + k] = add_entry(b, tree, sector.set, member_of(sector, k));
  }
}

static void read_rows(const builder *b, regime_matrix *m) {
  const size_t n = m->n_rows;
  const char **name = RG_NEW_ARRAY(b->arena, const char *, n);
  const char **expression = RG_NEW_ARRAY(b->arena, const char *, n * m->n_sectors);
  regime_row_kind *kind = RG_NEW_ARRAY(b->arena, regime_row_kind, n);
  size_t *entry = RG_NEW_ARRAY(b->arena, size_t, n * m->n_columns);
  for (size_t k = 0; k < n * m->n_columns; k++) entry[k] = REGIME_NO_ENTRY;
  for (size_t r = 0; r < n; r++) {
    const rg_row_decl *row = &b->declared->rows.items[r];
    name[r] = row->name.text;
    kind[r] = row->kind;
    read_row(b, row, m, expression + r * m->n_sectors, entry + r * m->n_columns);
  }
  m->row = name;
  m->row_kind = kind;
  m->expression = expression;
  m->entry = entry;
}

static void read_redundant(const builder *b, regime_matrix *m, rg_place *place) {
  const rg_identity_decl *d = &b->declared->redundant;
  m->redundant_entry = REGIME_NO_ENTRY;
  if (!d->name.text) return;
  *place = d->name.place;
  m->redundant = (regime_identity){d->name.text, d->expression.text, d->tolerance};
  m->redundant_entry = add_entry(b, parse(b, d->expression, RG_NO_MEMBER), RG_NO_MEMBER, RG_NO_MEMBER);
}

/* --- sense --------------------------------------------------------------------------------------------- */

static void refuse_stocks_among_flows(const builder *b, const rg_row_decl *row) {
  if (b->declared->kind == REGIME_FLOWS && row->kind != REGIME_ROW_FINANCIAL)
    rg_error(b->in->context, row->name.place,
             "every flow comes from somewhere and goes somewhere: leave `kind` out, or make the matrix "
             "kind = \"stocks\";",
             "the row `%s` is %s, and the matrix `%s` holds flows", row->name.text,
             row->kind == REGIME_ROW_REAL ? "real" : "a balance", b->declared->name.text);
}

static void check_kinds(const builder *b) {
  const rg_row_decl *balance = NULL;
  for (size_t r = 0; r < b->declared->rows.count; r++) {
    const rg_row_decl *row = &b->declared->rows.items[r];
    refuse_stocks_among_flows(b, row);
    if (row->kind != REGIME_ROW_BALANCE) continue;
    if (balance)
      rg_error(
          b->in->context, row->name.place, "put both into one row: its entries are net worth with a minus",
          "`%s` has two balances, `%s` and `%s`", b->declared->name.text, balance->name.text, row->name.text);
    balance = row;
  }
}

/* Who pays and receives nothing has no business among flows; a sector may well own nothing. */
static void warn_of_empty_columns(const builder *b, const regime_matrix *m) {
  for (size_t s = 0; s < m->n_sectors && m->n_rows > 0 && m->kind == REGIME_FLOWS; s++) {
    size_t r = 0;
    while (r < m->n_rows && !m->expression[r * m->n_sectors + s]) r++;
    if (r == m->n_rows)
      rg_warning(b->in->context, b->declared->sectors.items[s].name.place, "drop it, or give it an entry",
                 "no row of `%s` has an entry for the sector `%s`", m->name, m->sector[s]);
  }
}

static bool has_balance(const regime_matrix *m) {
  for (size_t r = 0; r < m->n_rows; r++)
    if (m->row_kind[r] == REGIME_ROW_BALANCE) return true;
  return false;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static void read_matrix(builder *b, regime_matrix *m, rg_place *redundant) {
  const rg_matrix_decl *d = b->declared;
  *m = (regime_matrix){
      .name = d->name.text, .kind = d->kind, .tolerance = d->tolerance, .n_rows = d->rows.count};
  lay_out(b, m);
  name_columns(b, m);
  check_kinds(b);
  read_rows(b, m);
  read_redundant(b, m, redundant);
  warn_of_empty_columns(b, m);
  m->columns_close = m->kind == REGIME_FLOWS || has_balance(m);
}

void rg_matrices_read(rg_checker *checker, const rg_check_input *in, const rg_declarations *declared,
                      rg_matrices *out) {
  rg_arena *arena = in->scope->arena;
  const size_t n = declared->matrices.count;
  rg_place *redundant = RG_NEW_ARRAY(arena, rg_place, n);
  *out = (rg_matrices){.count = n, .matrix = RG_NEW_ARRAY(arena, regime_matrix, n), .redundant = redundant};
  builder b = {.checker = checker, .in = in, .arena = arena, .out = out};
  for (size_t k = 0; k < n; k++) {
    b.declared = &declared->matrices.items[k];
    read_matrix(&b, &out->matrix[k], &redundant[k]);
  }
}

void rg_matrices_lower(rg_lowerer *l, rg_matrices *m) {
  for (size_t k = 0; k < m->entries.count; k++) {
    rg_matrix_entry *entry = &m->entries.items[k];
    entry->node = rg_lower_over(l, entry->tree, entry->set, entry->member);
  }
}

static void warn_if_stated(regime_context *context, const rg_graph *graph, const rg_matrices *m, size_t k) {
  const regime_matrix *matrix = &m->matrix[k];
  if (matrix->redundant_entry == REGIME_NO_ENTRY) return;
  const rg_node node = m->entries.items[matrix->redundant_entry].node;
  if (rg_node_op(graph, node) == RG_OP_NUMBER && rg_node_number(graph, node) == 0.0)
    rg_warning(context, m->redundant[k],
               "name an equality that follows from the others, and that none of them says",
               "the redundant equation `%s` is zero as the equations are written: it verifies nothing",
               matrix->redundant.name);
}

void rg_matrices_inline(regime_context *context, rg_inliner *inliner, rg_matrices *m) {
  for (size_t k = 0; k < m->entries.count; k++)
    m->entries.items[k].node = rg_inline_node(inliner, m->entries.items[k].node);
  for (size_t k = 0; k < m->count; k++) warn_if_stated(context, inliner->definitions->graph, m, k);
}
