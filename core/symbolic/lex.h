/* lex.h — the text of equations cut into words, numbers and signs, statement by statement.
 *
 * A statement ends with its line, but goes on while a bracket is open or when the line ends in an operator or
 * `=`. A following line that begins a statement of its own (`x =`, `x' =`, `init x`) ends it in any case, so
 * that a forgotten bracket spoils one statement and not the rest of the file.
 *
 * Every statement is its tokens and one RG_TOKEN_END; empty ones are left out. What cannot be a word of the
 * language is a RG_TOKEN_WRONG that knows what to say about itself.
 */
#ifndef RG_LEX_H
#define RG_LEX_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "symbolic/syntax.h"

typedef enum rg_token_kind {
  RG_TOKEN_NUMBER,
  RG_TOKEN_NAME,
  RG_TOKEN_OPERATOR,
  RG_TOKEN_ASSIGN,      /* = */
  RG_TOKEN_PRIME,       /* ' */
  RG_TOKEN_OPEN,        /* ( */
  RG_TOKEN_CLOSE,       /* ) */
  RG_TOKEN_OPEN_INDEX,  /* [ */
  RG_TOKEN_CLOSE_INDEX, /* ] */
  RG_TOKEN_COMMA,
  RG_TOKEN_WRONG,
  RG_TOKEN_END /* of the statement */
} rg_token_kind;

typedef struct rg_token {
  rg_token_kind kind;
  rg_operator op;               /* RG_TOKEN_OPERATOR */
  double number;                /* RG_TOKEN_NUMBER */
  const char *start;            /* place.width bytes from here are the token */
  const char *message, *remedy; /* RG_TOKEN_WRONG */
  const char *label;            /* RG_TOKEN_END: what followed `##`, or NULL */
  rg_place place;
} rg_token;

typedef RG_LIST(rg_token) rg_tokens;

/* `text` and `file` must live as long as the tokens. With `one_statement` line ends mean nothing. */
void rg_lex(rg_arena *arena, const char *text, const char *file, int first_line, bool one_statement,
            rg_tokens *out);

#endif
