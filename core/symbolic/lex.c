/* lex.c — from characters to tokens. */
#include "symbolic/lex.h"
#include "symbolic/grammar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lexer {
  rg_arena *arena;
  const char *file;
  const char *at;         /* the next character */
  const char *line_start; /* of the line it is on */
  int line;
  int open;           /* brackets open in this statement */
  bool one_statement; /* line ends mean nothing */
  const char *label;  /* of this statement so far */
  rg_tokens *out;
} lexer;

/* Signs that are not operators. */
static const struct {
  char sign;
  rg_token_kind kind;
} signs[] = {{'=', RG_TOKEN_ASSIGN}, {'\'', RG_TOKEN_PRIME},     {'(', RG_TOKEN_OPEN},
             {')', RG_TOKEN_CLOSE},  {'[', RG_TOKEN_OPEN_INDEX}, {']', RG_TOKEN_CLOSE_INDEX},
             {',', RG_TOKEN_COMMA}};

/* What people write from habit, and what to write here. */
static const struct {
  const char *text, *remedy;
} habits[] = {
    {"**", "write `^` for a power"},
    {"&&", "write `and`"},
    {"&", "write `and`"},
    {"||", "write `or`"},
    {"|", "write `or`; for the size of a number write `abs(x)`"},
    {"!", "write `not`, or `!=` for \"differs from\""},
    {"~=", "write `!=`"},
    {"~", "write `not`"},
    {"<>", "write `!=`"},
    {"=<", "write `<=`"},
    {"=>", "write `>=`"},
    {":=", "write `=`"},
    {"×", "write `*`"},
    {"·", "write `*`"},
    {"⋅", "write `*`"},
    {"∙", "write `*`"},
    {"∗", "write `*`"},
    {"÷", "write `/`"},
    {"−", "write a plain minus, `-`"},
    {"–", "write a plain minus, `-`"},
    {"—", "write a plain minus, `-`"},
    {"‐", "write a plain minus, `-`"},
    {"’", "write a plain apostrophe, `'`"},
    {"‘", "write a plain apostrophe, `'`"},
    {"′", "write a plain apostrophe, `'`"},
    {"´", "write a plain apostrophe, `'`"},
    {"`", "write a plain apostrophe, `'`"},
    {"≤", "write `<=`"},
    {"≥", "write `>=`"},
    {"≠", "write `!=`"},
    {"²", "write `^2`"},
    {"³", "write `^3`"},
    {"½", "write `0.5`"},
    {"√", "write `sqrt(x)`"},
    {"∑", "write `sum(i, x[i])`"},
    {"Σ", "write `sum(i, x[i])`"},
    {"∞", "there is no infinity in equations; write a large number"},
    {"\xc2\xa0", "this is a no-break space: write a plain one"},
    {"\xe2\x80\xaf", "this is a narrow no-break space: write a plain one"},
    {"\xe2\x80\x8b", "this is a space of no width: take it away"},
    {"\xef\xbb\xbf", "this is a byte order mark: save the file without it"},
    {"{", "write `(` to group"},
    {"}", "write `)` to group"},
    {";", "put each statement on a line of its own; it needs no `;`"},
    {":", "write `=` between the two sides, and `if(condition, a, b)` for a choice"},
    {"?", "write `if(condition, a, b)`"},
    {"%", "write 5 % as `0.05`"},
    {"\\", "a statement goes on over a line end while a bracket is open or the line ends in an operator"},
    {".", "names are made of letters, digits and `_`"},
    {"$", "names are made of letters, digits and `_`"},
    {"@", "names are made of letters, digits and `_`"},
    {"\"", "quotes belong to the model file, not to equations"},
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_part_of_name(char c) { return is_letter(c) || is_digit(c); }
static bool is_continuation_byte(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static const char *skip_blanks(const char *c) {
  while (is_blank(*c)) c++;
  return c;
}
static const char *skip_digits(const char *c) {
  while (is_digit(*c)) c++;
  return c;
}
static const char *skip_name(const char *c) {
  while (is_part_of_name(*c)) c++;
  return c;
}

static size_t length_if_here(const char *at, const char *text) {
  if (*at != *text) return 0;
  const size_t length = strlen(text);
  return strncmp(at, text, length) == 0 ? length : 0;
}

/* Takes the next `length` characters as a token, and gives it to be completed. */
static rg_token *add(lexer *l, rg_token_kind kind, size_t length) {
  rg_place place = {.file = l->file,
                    .line = l->line,
                    .column = (int)(l->at - l->line_start) + 1,
                    .width = (int)length,
                    .source = l->line_start};
  rg_token token = {.kind = kind, .start = l->at, .place = place};
  RG_APPEND(l->arena, l->out, token);
  l->at += length;
  return &l->out->items[l->out->count - 1];
}

static void add_wrong(lexer *l, size_t length, const char *message, const char *remedy) {
  rg_token *token = add(l, RG_TOKEN_WRONG, length);
  token->message = message;
  token->remedy = remedy;
}

/* Numbers ----------------------------------------------------------------------------------------------- */

/* The end of a well-formed number at c: digits with at most one point, and an exponent. */
static const char *number_end(const char *c) {
  c = skip_digits(c);
  if (*c == '.') c = skip_digits(c + 1);
  if (*c != 'e' && *c != 'E') return c;
  const char *exponent = c + 1 + (c[1] == '+' || c[1] == '-');
  return is_digit(*exponent) ? skip_digits(exponent) : c;
}

/* The end of everything glued to it, such as the rest of 1.2.3 or 2x. */
static const char *glued_end(const char *c) {
  while (is_part_of_name(*c) || *c == '.') c++;
  return c;
}

static void malformed_number(lexer *l, const char *end, const char *glued) {
  const int length = (int)(glued - l->at), digits = (int)(end - l->at);
  const bool factor = is_letter(*end) && skip_name(end) == glued && strncmp(l->at, "0x", 2) != 0;
  const char *remedy = factor ? rg_arena_printf(l->arena, "write `%.*s*%.*s` for a product", digits, l->at,
                                                length - digits, end)
                              : "numbers are written like 12, 0.5 or 1e-3";
  add_wrong(l, (size_t)length, rg_arena_printf(l->arena, "`%.*s` is not a number", length, l->at), remedy);
}

static void number(lexer *l) {
  const char *end = number_end(l->at), *glued = glued_end(end);
  if (glued != end) {
    malformed_number(l, end, glued);
    return;
  }
  const size_t length = (size_t)(end - l->at);
  const double value = strtod(l->at, NULL);
  if (isfinite(value))
    add(l, RG_TOKEN_NUMBER, length)->number = value;
  else
    add_wrong(l, length, rg_arena_printf(l->arena, "`%.*s` is too large a number", (int)length, l->at),
              "the largest is about 1.8e308");
}

/* Words and signs --------------------------------------------------------------------------------------- */

/* The operator that is written with exactly these characters, or RG_OPERATORS. */
static rg_operator find_operator(const char *at, size_t length) {
  rg_operator op = 0;
  while (op < RG_OPERATORS && length_if_here(at, rg_operator_text(op)) != length) op++;
  return op;
}

static void word(lexer *l) {
  const size_t length = (size_t)(skip_name(l->at) - l->at);
  const rg_operator op = find_operator(l->at, length);
  rg_token *token = add(l, op < RG_OPERATORS ? RG_TOKEN_OPERATOR : RG_TOKEN_NAME, length);
  token->op = op;
}

static size_t longest_operator(const char *at) {
  if (find_operator(at, 2) < RG_OPERATORS) return 2;
  return find_operator(at, 1) < RG_OPERATORS ? 1 : 0;
}

/* The habit written here, or RG_COUNT(habits). Longer spellings stand before their beginnings in the table.
 */
static size_t find_habit(const char *at) {
  size_t k = 0;
  while (k < RG_COUNT(habits) && !length_if_here(at, habits[k].text)) k++;
  return k;
}

static bool is_greek(const char *at) { return (unsigned char)at[0] == 0xCE || (unsigned char)at[0] == 0xCF; }

/* The length of the well-formed character of several bytes at `at`; 0 when it is none. */
static size_t character_length(const char *at) {
  const unsigned char first = (unsigned char)*at;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  for (size_t k = 1; k < length; k++)
    if (!is_continuation_byte(at[k])) return 0;
  return first < 0xF5 ? length : 0;
}

static void stray_character(lexer *l) {
  const bool printable = *l->at > ' ' && *l->at < 0x7F;
  const size_t length = printable ? 1 : character_length(l->at);
  if (length == 0)
    add_wrong(l, 1, rg_arena_printf(l->arena, "the byte 0x%02x is no character", (unsigned char)*l->at),
              "save the file as plain UTF-8 text");
  else
    add_wrong(l, length, rg_arena_printf(l->arena, "`%.*s` is not part of the language", (int)length, l->at),
              is_greek(l->at) ? "write Greek letters out, as in `alpha`"
                              : "names are made of the letters a to z, digits and `_`");
}

static void stray_habit(lexer *l, size_t habit) {
  const char *text = habits[habit].text;
  add_wrong(l, strlen(text), rg_arena_printf(l->arena, "`%s` is not part of the language", text),
            habits[habit].remedy);
}

/* Brackets, commas, `=` and primes. False when there is none. */
static bool punctuation(lexer *l) {
  size_t k = 0;
  while (k < RG_COUNT(signs) && signs[k].sign != *l->at) k++;
  if (k == RG_COUNT(signs)) return false;
  const rg_token_kind kind = signs[k].kind;
  if (kind == RG_TOKEN_OPEN || kind == RG_TOKEN_OPEN_INDEX) l->open++;
  if ((kind == RG_TOKEN_CLOSE || kind == RG_TOKEN_CLOSE_INDEX) && l->open > 0) l->open--;
  add(l, kind, 1);
  return true;
}

static void sign(lexer *l) {
  const size_t operator_length = longest_operator(l->at), habit = find_habit(l->at);
  const size_t habit_length = habit < RG_COUNT(habits) ? strlen(habits[habit].text) : 0;
  if (habit_length > operator_length)
    stray_habit(l, habit);
  else if (operator_length > 0) {
    const rg_operator op = find_operator(l->at, operator_length);
    add(l, RG_TOKEN_OPERATOR, operator_length)->op = op;
  } else if (!punctuation(l))
    stray_character(l);
}

/* Comments and ends ------------------------------------------------------------------------------------- */

static bool statement_is_empty(const lexer *l) {
  return l->out->count == 0 || l->out->items[l->out->count - 1].kind == RG_TOKEN_END;
}

/* `## label` is kept for the statement it follows, up to a comment behind it; a line of its own is a comment.
 */
static void comment(lexer *l) {
  const size_t length = strcspn(l->at, "\n");
  const bool is_label = l->at[1] == '#' && l->at[2] != '#';
  if (is_label && !statement_is_empty(l))
    l->label = rg_arena_text_n(l->arena, l->at + 2, strcspn(l->at + 2, "#\n"));
  l->at += length;
}

static const char *skip_index(const char *c) {
  if (*c != '[') return c;
  const char *end = c + strcspn(c, "]\n");
  return *end == ']' ? end + 1 : c;
}

/* Whether the line looks like `x =`, `x[i]' =`, `init x` or `def f`. */
static bool begins_statement(const char *line) {
  const char *name = skip_blanks(line);
  if (!is_letter(*name)) return false;
  const size_t length = (size_t)(skip_name(name) - name);
  const char *next = skip_blanks(name + length);
  const bool keyword = length_if_here(name, "init") == length || length_if_here(name, "def") == length;
  if (keyword && is_letter(*next)) return true;
  next = skip_blanks(skip_index(next));
  while (*next == '\'') next = skip_blanks(next + 1);
  return next[0] == '=' && next[1] != '=';
}

static bool asks_for_more(const lexer *l) {
  if (statement_is_empty(l)) return false;
  const rg_token_kind last = l->out->items[l->out->count - 1].kind;
  return l->open > 0 || last == RG_TOKEN_OPERATOR || last == RG_TOKEN_ASSIGN;
}

static void end_statement(lexer *l) {
  if (!statement_is_empty(l)) {
    const rg_token last = l->out->items[l->out->count - 1];
    rg_token end = {
        .kind = RG_TOKEN_END, .start = last.start + last.place.width, .label = l->label, .place = last.place};
    end.place.column += last.place.width;
    end.place.width = 0;
    RG_APPEND(l->arena, l->out, end);
  }
  l->label = NULL;
  l->open = 0;
}

static void line_end(lexer *l) {
  l->line_start = ++l->at;
  l->line++;
  if (!l->one_statement && !(asks_for_more(l) && !begins_statement(l->at))) end_statement(l);
}

static void next(lexer *l) {
  if (is_blank(*l->at))
    l->at++;
  else if (*l->at == '\n')
    line_end(l);
  else if (*l->at == '#')
    comment(l);
  else if (is_digit(*l->at) || (*l->at == '.' && is_digit(l->at[1])))
    number(l);
  else if (is_letter(*l->at))
    word(l);
  else
    sign(l);
}

void rg_lex(rg_arena *arena, const char *text, const char *file, int first_line, bool one_statement,
            rg_tokens *out) {
  lexer l = {.arena = arena,
             .file = file,
             .at = text,
             .line_start = text,
             .line = first_line,
             .one_statement = one_statement,
             .out = out};
  while (*l.at) next(&l);
  end_statement(&l);
}
