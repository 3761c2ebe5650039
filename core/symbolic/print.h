/* print.h — how expressions are written out: read as people read them, then set by a table of forms.
 *
 * Reading finds what an operation stands for (CHOOSE(POSITIVE(a - b), a, b) is a maximum). A form then is a
 * text with holes: @0, @1, @2 are the operands, each set in brackets when it binds looser than the hole
 * needs.
 */
#ifndef RG_PRINT_H
#define RG_PRINT_H

#include "symbolic/grammar.h"
#include "symbolic/graph.h"

/* What an operation can be read as, besides itself. */
enum {
  RG_READ_MAX = RG_OP_COUNT,
  RG_READ_MIN,
  RG_READ_ABS,
  RG_READ_GREATER,
  RG_READ_LESS,
  RG_READ_AT_MOST,
  RG_READ_AT_LEAST,
  RG_READ_EQUAL,
  RG_READ_DIFFERENT,
  RG_READ_TIMES_DIGITS, /* a product whose second factor begins with a digit */
  RG_READINGS
};

typedef struct rg_form {
  const char *pattern;
  rg_binding binds;    /* the whole */
  rg_binding needs[3]; /* each operand, at least */
} rg_form;

typedef struct rg_style {
  const rg_form *forms; /* of every operation and reading */
  const char *open, *close;
  /* Writes a number, and tells how tightly what it wrote binds. */
  rg_binding (*number)(double value, char buffer[64]);
  size_t longest; /* where the text breaks off */
} rg_style;

/* What is shared is written out each time, so that a small graph may be a text without end. */
enum { RG_LONGEST_TEXT = 1000000, RG_LONGEST_NAME = 1000 };

void rg_print_in_style(const rg_style *style, const rg_graph *graph, rg_node node, rg_symbol_name *name_of,
                       void *self, rg_text *out);

#endif
