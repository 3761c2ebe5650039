/* parse.c — from tokens to trees, by the table of operators (grammar.h).
 *
 * The first error of a statement moves the parser to the statement's end, where nothing more is found to read
 * or to complain about: every function then returns by itself, and parsing goes on with the next statement.
 */
#include "base/names.h"
#include "symbolic/grammar.h"
#include "symbolic/lex.h"

#include <limits.h>
#include <string.h>

/* Deeper brackets and longer chains are refused: the parser and every pass over trees may recurse. */
enum { DEEPEST_NESTING = 500, HIGHEST_TREE = 2000 };

typedef struct parser {
  regime_context *context;
  rg_arena *arena;
  const rg_token *at;      /* the next token */
  const rg_names *defined; /* functions this text defines; NULL: none */
  int depth;
  bool failed; /* in this statement */
} parser;

/* Names that are called: `exp(-1)` is a value, `x(-1)` is last period's x. */
static const char *const functions[] = {
#define X(OP, name, arity) name,
#include "symbolic/functions.def"
#undef X
#define X(OP, name, fewest, most, form) name,
#include "symbolic/builtins.def"
#undef X
};

static const rg_tree nothing = {.kind = RG_TREE_NUMBER};

static bool is_among(const char *name, const char *const *names, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (strcmp(name, names[k]) == 0) return true;
  return false;
}

static bool is_function(const parser *p, const char *name) {
  return is_among(name, functions, RG_COUNT(functions)) ||
         (p->defined && rg_names_find(p->defined, name) != RG_NO_NAME);
}

/* Tokens ------------------------------------------------------------------------------------------------ */

static bool is(const rg_token *token, rg_token_kind kind) { return token->kind == kind; }
static bool is_op(const rg_token *token, rg_operator op) {
  return token->kind == RG_TOKEN_OPERATOR && token->op == op;
}
static bool is_word(const rg_token *token, const char *word) {
  const size_t length = strlen(word);
  return is(token, RG_TOKEN_NAME) && (size_t)token->place.width == length &&
         strncmp(token->start, word, length) == 0;
}

/* The end is never passed. */
static const rg_token *advance(parser *p) {
  const rg_token *token = p->at;
  if (!is(token, RG_TOKEN_END)) p->at++;
  return token;
}

static bool accept(parser *p, rg_token_kind kind) {
  if (!is(p->at, kind)) return false;
  advance(p);
  return true;
}

static const rg_token *end_of(const rg_token *token) {
  while (!is(token, RG_TOKEN_END)) token++;
  return token;
}

static const rg_token *find(const rg_token *token, rg_token_kind kind) {
  while (!is(token, kind) && !is(token, RG_TOKEN_END)) token++;
  return is(token, kind) ? token : NULL;
}

static const char *text_of(parser *p, const rg_token *token) {
  return rg_arena_text_n(p->arena, token->start, (size_t)token->place.width);
}

/* What was written from one token up to another on the same line. */
static const char *text_between(parser *p, const rg_token *from, const rg_token *to) {
  const char *end = to[-1].start + to[-1].place.width;
  return rg_arena_text_n(p->arena, from->start, end > from->start ? (size_t)(end - from->start) : 0);
}

static const rg_tree *fail(parser *p, rg_place place, const char *remedy, const char *message) {
  if (!p->failed) rg_error(p->context, place, remedy, "%s", message);
  p->failed = true;
  p->at = end_of(p->at);
  return &nothing;
}

/* Fails with a message about one token: the format has one %s for its text. */
#define fail_at(p, token, remedy, format)                                                                    \
  fail((p), (token)->place, (remedy), rg_arena_printf((p)->arena, format, text_of((p), (token))))

/* Trees ------------------------------------------------------------------------------------------------- */

typedef RG_LIST(const rg_tree *) trees;

/* The columns of what was written from one token to another; there are none when it goes over a line end. */
static void span(rg_tree *tree, const rg_token *first, const rg_token *last) {
  const bool on_one_line = first->place.line == last->place.line;
  tree->begin = on_one_line ? first->place.column : 0;
  tree->end = on_one_line ? last->place.column + last->place.width : 0;
}

/* A tree whose text began at `first` and has just been read to its end. */
static const rg_tree *finished(parser *p, rg_tree *tree, const rg_token *first) {
  span(tree, first, &p->at[-1]);
  return tree;
}

static rg_tree *new_tree(parser *p, rg_tree_kind kind, const rg_token *token) {
  rg_tree *tree = RG_NEW(p->arena, rg_tree);
  tree->kind = kind;
  tree->place = token->place;
  tree->height = 1;
  span(tree, token, token);
  return tree;
}

static rg_tree *new_name(parser *p, const rg_token *token) {
  rg_tree *tree = new_tree(p, RG_TREE_NAME, token);
  tree->name = text_of(p, token);
  return tree;
}

static void adopt(parser *p, rg_tree *tree, trees children) {
  tree->args = children.items;
  tree->n_args = children.count;
  for (size_t k = 0; k < children.count; k++)
    if (children.items[k]->height >= tree->height) tree->height = children.items[k]->height + 1;
  if (tree->height > HIGHEST_TREE)
    fail(p, tree->place, "give parts of it names of their own",
         rg_arena_printf(p->arena, "this expression is longer than %d operations in a row", HIGHEST_TREE));
}

/* Operands ---------------------------------------------------------------------------------------------- */

static const rg_tree *expression(parser *p, rg_binding loosest);

/* What stands where an operand should. */
static const rg_tree *missing_operand(parser *p) {
  const char *remedy = "write a number, a name or an expression in brackets there";
  if (is(p->at, RG_TOKEN_END)) return fail_at(p, p->at - 1, remedy, "an operand is missing after `%s`");
  return fail_at(p, p->at, remedy, "an operand is missing before `%s`");
}

/* What stands where an operator, or the end, should. */
static const rg_tree *unexpected(parser *p) {
  const rg_token *token = p->at, *before = token - 1;
  switch (token->kind) {
  case RG_TOKEN_ASSIGN:
    return fail_at(p, token, "write `==` to compare, and each equation on a line of its own",
                   "`%s` cannot stand inside an expression");
  case RG_TOKEN_PRIME:
    return fail_at(p, token, "only a variable has a rate: `x'`", "`%s` follows no variable");
  case RG_TOKEN_COMMA:
    return fail_at(p, token,
                   is(before, RG_TOKEN_NUMBER) && is(token + 1, RG_TOKEN_NUMBER)
                       ? "write numbers with a point, as in `0.5`"
                       : "commas stand between the arguments of a function and between indices",
                   "`%s` cannot stand here");
  case RG_TOKEN_CLOSE:
  case RG_TOKEN_CLOSE_INDEX:
    return fail_at(p, token, "take it away, or open a bracket before it", "`%s` closes no bracket");
  case RG_TOKEN_OPEN_INDEX:
    return fail_at(p, token, "an index follows a variable's name at once: `x[i]`, `x[i](-1)`, `x[i]'`",
                   "`%s` cannot stand here");
  case RG_TOKEN_OPERATOR:
    return fail_at(p, token, "write `and not`, `or not`, or `!=`", "`%s` cannot stand between two operands");
  default:
    return fail(p, token->place, "write `*` for a product, and each statement on a line of its own",
                rg_arena_printf(p->arena, "an operator is missing between `%s` and `%s`", text_of(p, before),
                                text_of(p, token)));
  }
}

static void close(parser *p, const rg_token *open) {
  const rg_token_kind closing = is(open, RG_TOKEN_OPEN) ? RG_TOKEN_CLOSE : RG_TOKEN_CLOSE_INDEX;
  const char *sign = closing == RG_TOKEN_CLOSE ? ")" : "]";
  if (accept(p, closing)) return;
  const char *remedy = rg_arena_printf(p->arena, "add the `%s` it needs", sign);
  if (is(p->at, RG_TOKEN_END))
    fail_at(p, open, remedy, "this `%s` is never closed");
  else if (is(p->at, RG_TOKEN_CLOSE) || is(p->at, RG_TOKEN_CLOSE_INDEX))
    fail(p, p->at->place, remedy,
         rg_arena_printf(p->arena, "`%s` closes a `%s`", text_of(p, p->at), text_of(p, open)));
  else
    unexpected(p);
}

static const rg_tree *bracketed(parser *p) {
  const rg_token *open = advance(p);
  const rg_tree *inner = expression(p, RG_BINDS_OR);
  close(p, open);
  rg_tree *tree = RG_NEW(p->arena, rg_tree);
  *tree = *inner;
  return finished(p, tree, open);
}

static const rg_tree *call(parser *p, const rg_token *name) {
  rg_tree *tree = new_tree(p, RG_TREE_CALL, name);
  tree->name = text_of(p, name);
  const rg_token *open = advance(p);
  if (is(p->at, RG_TOKEN_CLOSE))
    return fail_at(p, name, "write what it is a function of between the brackets", "`%s` has no argument");
  trees arguments = {0};
  do RG_APPEND(p->arena, &arguments, expression(p, RG_BINDS_OR));
  while (accept(p, RG_TOKEN_COMMA));
  close(p, open);
  adopt(p, tree, arguments);
  return finished(p, tree, name);
}

static const rg_tree *index_entry(parser *p) {
  if (is(p->at, RG_TOKEN_NAME)) return new_name(p, advance(p));
  if (is(p->at, RG_TOKEN_END)) return &nothing; /* the bracket will be missed */
  return fail_at(p, p->at, "write `Y[i]` or `Y[US]`; the last period's value is `x(-1)`",
                 "an index is a letter or a member's name, not `%s`");
}

static void read_index(parser *p, rg_tree *tree) {
  trees index = {0};
  const rg_token *open = advance(p);
  do RG_APPEND(p->arena, &index, index_entry(p));
  while (accept(p, RG_TOKEN_COMMA));
  if (is(p->at, RG_TOKEN_OPERATOR))
    fail_at(p, p->at, "write `Y[i]` or `Y[US]`; the last period's value is `Y[i](-1)`",
            "indices are not calculated with: `%s`");
  close(p, open);
  tree->index = index.items;
  tree->n_index = index.count;
}

static bool is_whole(const rg_token *number) {
  for (int k = 0; k < number->place.width; k++)
    if (number->start[k] < '0' || number->start[k] > '9') return false;
  return true;
}

/* `(-1)`, `(+2)` */
static bool is_lag(const rg_token *t) {
  return is(&t[0], RG_TOKEN_OPEN) && (is_op(&t[1], RG_MINUS) || is_op(&t[1], RG_PLUS)) &&
         is(&t[2], RG_TOKEN_NUMBER) && is_whole(&t[2]) && is(&t[3], RG_TOKEN_CLOSE);
}

static void read_lag(parser *p, rg_tree *tree) {
  const bool back = is_op(&p->at[1], RG_MINUS);
  const rg_token *number = &p->at[2];
  if (number->number > INT_MAX) {
    fail_at(p, number, "lags count periods", "a lag of `%s` is too long");
    return;
  }
  p->at += 4;
  tree->lag = back ? -(int)number->number : (int)number->number;
}

static void read_prime(parser *p, rg_tree *tree) {
  const rg_token *prime = advance(p);
  tree->prime = true;
  if (is(p->at, RG_TOKEN_PRIME))
    fail(p, prime->place, "write two equations: `x' = v` and `v' = ...`",
         rg_arena_printf(p->arena, "`%s''` is a second derivative", tree->name));
  else if (is(p->at, RG_TOKEN_OPEN_INDEX))
    fail(p, prime->place, "write the index first: `x[i]'`", "the prime stands before the index");
}

/* name [index] (lag) ' */
static const rg_tree *variable(parser *p) {
  const rg_token *name = advance(p);
  rg_tree *tree = new_name(p, name);
  if (is(p->at, RG_TOKEN_OPEN_INDEX)) read_index(p, tree);
  if (is_lag(p->at)) read_lag(p, tree);
  if (is(p->at, RG_TOKEN_PRIME)) read_prime(p, tree);
  return finished(p, tree, name);
}

static const rg_tree *named(parser *p) {
  const rg_token *after = &p->at[1];
  const bool called = is(after, RG_TOKEN_OPEN) && (!is_lag(after) || is_function(p, text_of(p, p->at)));
  return called ? call(p, advance(p)) : variable(p);
}

static const rg_tree *operand(parser *p) {
  switch (p->at->kind) {
  case RG_TOKEN_NUMBER: {
    rg_tree *tree = new_tree(p, RG_TREE_NUMBER, p->at);
    tree->number = advance(p)->number;
    return tree;
  }
  case RG_TOKEN_NAME: return named(p);
  case RG_TOKEN_OPEN: return bracketed(p);
  default: return missing_operand(p);
  }
}

/* Operators --------------------------------------------------------------------------------------------- */

static const rg_operator_rule *rule_of(const rg_token *token) {
  return is(token, RG_TOKEN_OPERATOR) ? &rg_operator_rules[token->op] : NULL;
}

static const rg_tree *prefix(parser *p) {
  const rg_operator_rule *rule = rule_of(p->at);
  if (!rule || rule->prefix == RG_BINDS_NEVER) return operand(p);
  const rg_token *sign = advance(p);
  rg_tree *tree = new_tree(p, RG_TREE_UNARY, sign);
  tree->op = sign->op;
  trees one = {0};
  RG_APPEND(p->arena, &one, expression(p, rule->prefix));
  adopt(p, tree, one);
  return finished(p, tree, sign);
}

/* a < b < c: the remedy shows what was meant, in the writer's words. */
static const rg_tree *chained(parser *p, const rg_token *first, const rg_token *middle) {
  const rg_token *second = advance(p);
  expression(p, RG_BINDS_SUM);
  const bool on_one_line = first->place.line == p->at[-1].place.line;
  const char *remedy = on_one_line
                           ? rg_arena_printf(p->arena, "write `%s and %s %s`", text_between(p, first, second),
                                             text_between(p, middle, second), text_between(p, second, p->at))
                           : "write `a < b and b < c`";
  return fail(p, second->place, remedy, "comparisons do not chain");
}

/* The operator at hand and its right operand; `first` is where the left one began. */
static const rg_tree *infix(parser *p, const rg_token *first, const rg_tree *left) {
  const rg_token *sign = advance(p);
  const rg_operator_rule *rule = &rg_operator_rules[sign->op];
  const rg_binding tighter = (rg_binding)(rule->binds + 1);
  rg_tree *tree = new_tree(p, RG_TREE_BINARY, sign);
  tree->op = sign->op;
  if (sign->op == RG_IN && !is(p->at, RG_TOKEN_NAME))
    return fail(p, tree->place, "write `sum(i in north, x[i])`, or `if(i in north, a, b)`",
                "after `in` comes the name of a subset");
  trees both = {0};
  RG_APPEND(p->arena, &both, left);
  RG_APPEND(p->arena, &both, expression(p, rule->groups == RG_FROM_RIGHT ? rule->binds : tighter));
  const rg_operator_rule *after = rule_of(p->at);
  if (rule->groups == RG_NEVER_CHAINS && after && after->binds == rule->binds)
    return chained(p, first, sign + 1);
  adopt(p, tree, both);
  return finished(p, tree, first);
}

static bool binds_here(const parser *p, rg_binding loosest) {
  const rg_operator_rule *rule = rule_of(p->at);
  return rule && rule->binds != RG_BINDS_NEVER && rule->binds >= loosest;
}

static const rg_tree *expression(parser *p, rg_binding loosest) {
  if (p->depth == DEEPEST_NESTING)
    return fail(p, p->at->place, "give parts of it names of their own",
                rg_arena_printf(p->arena, "this is nested more than %d deep", DEEPEST_NESTING));
  p->depth++;
  const rg_token *first = p->at;
  const rg_tree *left = prefix(p);
  while (binds_here(p, loosest)) left = infix(p, first, left);
  p->depth--;
  return left;
}

/* Nothing may follow. */
static const rg_tree *whole_expression(parser *p) {
  const rg_tree *tree = expression(p, RG_BINDS_OR);
  if (!is(p->at, RG_TOKEN_END)) unexpected(p);
  return tree;
}

/* Mistakes in the form of a statement ------------------------------------------------------------------- */

static bool has_wrong_token(parser *p) {
  const rg_token *wrong = find(p->at, RG_TOKEN_WRONG);
  if (wrong) fail(p, wrong->place, wrong->remedy, wrong->message);
  return wrong != NULL;
}

/* The variable of `dx/dt =`, `dx[i]/dt =` or `d(x)/dt =`, where `divide` is the stroke; else NULL. */
static const char *leibniz_variable(parser *p, const rg_token *divide) {
  const rg_token *d = p->at;
  if (is(d, RG_TOKEN_NAME) && d->place.width > 1 && *d->start == 'd') return text_between(p, d, divide) + 1;
  if (is_word(d, "d") && divide - d >= 4 && is(&d[1], RG_TOKEN_OPEN))
    return text_between(p, &d[2], divide - 1);
  return NULL;
}

/* The variable of a statement that begins so, or NULL. */
static const char *leibniz(parser *p) {
  const rg_token *t = p->at;
  while (!is(t, RG_TOKEN_END) && !is_op(t, RG_DIVIDE)) t++;
  if (is(t, RG_TOKEN_END) || !is_word(&t[1], "dt") || !is(&t[2], RG_TOKEN_ASSIGN)) return NULL;
  return leibniz_variable(p, t);
}

static bool is_leibniz(parser *p) {
  const char *name = leibniz(p);
  if (!name) return false;
  fail(p, p->at->place, rg_arena_printf(p->arena, "write `%s' = ...`", name),
       "a rate of change is written with a prime");
  return true;
}

static bool begins_with(const parser *p, const char *keyword) {
  return is_word(&p->at[0], keyword) && is(&p->at[1], RG_TOKEN_NAME);
}

/* `initial x = 1`, `let x = 1` */
static bool has_unknown_keyword(parser *p) {
  if (!is(&p->at[0], RG_TOKEN_NAME) || !is(&p->at[1], RG_TOKEN_NAME)) return false;
  if (begins_with(p, "init") || begins_with(p, "def")) return false;
  static const char *const keywords[] = {"init", "def"};
  char buffer[160];
  const char *first = text_of(p, &p->at[0]), *second = text_of(p, &p->at[1]);
  const char *otherwise = "a statement begins with a variable's name, with `init` or with `def`";
  fail(p, p->at->place, rg_did_you_mean(first, keywords, RG_COUNT(keywords), otherwise, buffer),
       rg_arena_printf(p->arena, "`%s %s` is not the beginning of a statement", first, second));
  return true;
}

static bool lacks_equals_sign(parser *p) {
  if (find(p->at, RG_TOKEN_ASSIGN)) return false;
  const rg_token *t = p->at;
  while (!is(t, RG_TOKEN_END) && !is_op(t, RG_EQUAL)) t++;
  if (is_op(t, RG_EQUAL))
    fail_at(p, t, "an equation is written with one `=`", "`%s` compares two values");
  else
    fail(p, p->at->place, "write `name = expression`; a comment begins with `#`",
         "this statement has no `=`");
  return true;
}

static bool is_malformed(parser *p) {
  return has_wrong_token(p) || is_leibniz(p) || has_unknown_keyword(p) || lacks_equals_sign(p);
}

/* Statements -------------------------------------------------------------------------------------------- */

static rg_statement_kind keyword(parser *p) {
  const bool init = begins_with(p, "init"), def = begins_with(p, "def");
  if (init || def) advance(p);
  return init ? RG_INIT : def ? RG_FUNCTION : RG_LEVEL;
}

static const rg_tree *not_a_left_side(parser *p, const rg_token *first) {
  if (is(p->at, RG_TOKEN_OPEN))
    return fail(p, first->place, "a start is written `init x = ...`, a function `def f(a) = ...`",
                rg_arena_printf(p->arena, "`%s(...)` is not a left side", text_of(p, first)));
  return fail(p, first->place, "solve it for a variable, and write `x = ...` or `x' = ...`",
              "the left side of an equation is one variable");
}

static const rg_tree *left_variable(parser *p) {
  const rg_token *first = p->at;
  if (!is(first, RG_TOKEN_NAME)) return not_a_left_side(p, first);
  const rg_tree *tree = variable(p);
  return is(p->at, RG_TOKEN_ASSIGN) ? tree : not_a_left_side(p, first);
}

static void check_lag_and_prime(parser *p, rg_statement_kind kind, const rg_tree *left) {
  if (kind == RG_INIT && left->prime)
    fail(p, left->place, "leave the prime away", "`init` gives a value, not a rate");
  else if (kind == RG_INIT && left->lag > 0)
    fail(p, left->place, "write `init x(-1) = ...`", "a start lies in the past");
  else if (kind != RG_INIT && left->lag != 0)
    fail(p, left->place, "write `x = ...` with `x(-1)` on the right side, or `init x(-1) = ...`",
         "the left side of an equation has no lag");
}

static const rg_tree *parameter_name(parser *p) {
  if (is(p->at, RG_TOKEN_NAME)) return new_name(p, advance(p));
  return fail_at(p, p->at, "write `def f(a, b) = ...`", "an argument of `def` is a name, not `%s`");
}

static void check_distinct(parser *p, const trees *names) {
  for (size_t k = 0; k < names->count && !p->failed; k++)
    for (size_t j = 0; j < k && !p->failed; j++)
      if (strcmp(names->items[j]->name, names->items[k]->name) == 0)
        fail(p, names->items[k]->place, "give each argument its own name",
             rg_arena_printf(p->arena, "there are two arguments `%s`", names->items[k]->name));
}

/* f(a, b) */
static const rg_tree *signature(parser *p) {
  const rg_token *name = advance(p), *open = p->at;
  rg_tree *tree = new_tree(p, RG_TREE_CALL, name);
  tree->name = text_of(p, name);
  if (!accept(p, RG_TOKEN_OPEN) || is(p->at, RG_TOKEN_CLOSE))
    return fail_at(p, name, "write `def f(a) = ...`, or `f = ...` without `def`",
                   "the function `%s` has no arguments");
  trees names = {0};
  do {
    const rg_tree *next = parameter_name(p);
    RG_APPEND(p->arena, &names, next);
  } while (accept(p, RG_TOKEN_COMMA));
  close(p, open);
  check_distinct(p, &names);
  adopt(p, tree, names);
  return finished(p, tree, name);
}

static const rg_tree *left_side(parser *p, rg_statement_kind *kind) {
  *kind = keyword(p);
  if (*kind == RG_FUNCTION) return signature(p);
  const rg_tree *left = left_variable(p);
  check_lag_and_prime(p, *kind, left);
  if (*kind == RG_LEVEL && left->prime) *kind = RG_RATE;
  return left;
}

static const rg_tree *right_side(parser *p) {
  const rg_token *equals = p->at;
  if (!accept(p, RG_TOKEN_ASSIGN)) return unexpected(p);
  if (is(p->at, RG_TOKEN_END))
    return fail(p, equals->place, "write an expression after `=`", "the right side is empty");
  return whole_expression(p);
}

static const rg_token *end_of_line(const rg_token *token, const rg_token *end) {
  const int line = token->place.line;
  while (token < end && token->place.line == line) token++;
  return token;
}

/* The statement on one line: comments lie between lines, so what stands between two tokens of a line is
 * blank. */
static const char *written(parser *p, const rg_token *first, const rg_token *end) {
  char *text = rg_arena_take(p->arena, (size_t)(end->start - first->start) + 1, 1), *to = text;
  for (const rg_token *token = first, *next; token < end; token = next) {
    next = end_of_line(token, end);
    const size_t length = (size_t)(next[-1].start + next[-1].place.width - token->start);
    if (token > first) *to++ = ' ';
    memcpy(to, token->start, length);
    to += length;
  }
  return text;
}

/* Without blanks around; NULL when nothing is left. */
static const char *trimmed(parser *p, const char *begin, const char *end) {
  static const char blanks[] = " \t\r\v\f";
  while (begin < end && strchr(blanks, *begin)) begin++;
  while (begin < end && strchr(blanks, end[-1])) end--;
  return begin < end ? rg_arena_text_n(p->arena, begin, (size_t)(end - begin)) : NULL;
}

/* label | unit */
static void read_label(parser *p, const char *text, rg_statement *out) {
  if (!text) return;
  const char *end = text + strlen(text), *bar = strchr(text, '|');
  out->label = trimmed(p, text, bar ? bar : end);
  if (bar) out->unit = trimmed(p, bar + 1, end);
}

/* One statement, from its first token. False after an error. */
static bool statement(parser *p, const rg_token *first, rg_statement *out) {
  p->at = first;
  p->depth = 0;
  p->failed = false;
  if (is_malformed(p)) return false;
  out->left = left_side(p, &out->kind);
  out->right = right_side(p);
  if (p->failed) return false;
  out->text = written(p, first, p->at);
  read_label(p, p->at->label, out);
  return true;
}

/* Whether an error has left a hole in it. */
static bool index_is_broken(const rg_tree *tree) {
  for (size_t k = 0; k < tree->n_index; k++)
    if (tree->index[k] == &nothing) return true;
  return false;
}

/* The variable that a wrong equation or init is about; NULL when that cannot be told. */
static const rg_tree *intended_variable(parser *p) {
  const char *of_rate = leibniz(p);
  if (of_rate && strchr(of_rate, '[')) return NULL;
  rg_tree *tree = new_name(p, p->at);
  if (of_rate)
    tree->name = of_rate;
  else
    *tree = *variable(p);
  if (index_is_broken(tree)) return NULL;
  tree->lag = 0;
  tree->prime |= of_rate != NULL;
  return of_rate || is(p->at, RG_TOKEN_ASSIGN) || is(p->at, RG_TOKEN_END) ? tree : NULL;
}

/* A statement that is wrong is kept with nothing on its right, so that others may speak of what it defines.
 * The parser has failed and says nothing more. False when it is not known what that is. */
static bool keep_left_side(parser *p, const rg_token *first, rg_statement *out) {
  *out = (rg_statement){.right = &nothing, .text = ""};
  p->at = first;
  if (!find(first, RG_TOKEN_ASSIGN)) return false;
  out->kind = keyword(p);
  if (out->kind == RG_FUNCTION) {
    out->left = signature(p);
    return is(p->at, RG_TOKEN_ASSIGN); /* else its arguments are not known */
  }
  out->left = is(p->at, RG_TOKEN_NAME) ? intended_variable(p) : NULL;
  if (out->left && out->kind == RG_LEVEL && out->left->prime) out->kind = RG_RATE;
  return out->left != NULL;
}

/* Needed before the first statement is read: a function may be used above its definition. */
static const rg_names *defined_functions(rg_arena *arena, const rg_tokens *tokens) {
  rg_names *names = rg_names_create(arena);
  parser p = {.arena = arena};
  for (size_t k = 0; k < tokens->count; k++) {
    p.at = &tokens->items[k];
    if (begins_with(&p, "def")) rg_names_add(names, text_of(&p, p.at + 1));
    k = (size_t)(end_of(p.at) - tokens->items);
  }
  return names;
}

static rg_tokens lex(rg_arena *arena, const char *text, const char *file, int first_line,
                     bool one_statement) {
  rg_tokens tokens = {0};
  rg_lex(arena, rg_arena_text(arena, text), file ? rg_arena_text(arena, file) : NULL, first_line,
         one_statement, &tokens);
  return tokens;
}

bool rg_parse_equations(regime_context *context, rg_arena *arena, const char *text, const char *file,
                        int first_line, rg_statements *out) {
  const rg_tokens tokens = lex(arena, text, file, first_line, false);
  parser p = {.context = context, .arena = arena, .defined = defined_functions(arena, &tokens)};
  bool all_right = true;
  for (size_t k = 0; k < tokens.count; k++) {
    rg_statement next = {0};
    const bool right = statement(&p, &tokens.items[k], &next);
    if (right || keep_left_side(&p, &tokens.items[k], &next)) RG_APPEND(arena, out, next);
    all_right &= right;
    k = (size_t)(end_of(&tokens.items[k]) - tokens.items);
  }
  return all_right;
}

static const rg_names *functions_of(rg_arena *arena, const rg_statements *statements) {
  rg_names *names = rg_names_create(arena);
  for (size_t k = 0; k < statements->count; k++)
    if (statements->items[k].kind == RG_FUNCTION) rg_names_add(names, statements->items[k].left->name);
  return names;
}

const rg_tree *rg_parse_expression(regime_context *context, rg_arena *arena, const rg_statements *equations,
                                   const char *text, const char *file, int first_line) {
  const rg_tokens tokens = lex(arena, text, file, first_line, true);
  parser p = {.context = context,
              .arena = arena,
              .at = tokens.items,
              .defined = equations ? functions_of(arena, equations) : NULL};
  if (tokens.count == 0) {
    rg_error(context, (rg_place){.file = file, .line = first_line}, "write an expression",
             "the expression is empty");
    return NULL;
  }
  const rg_tree *tree = has_wrong_token(&p) ? NULL : whole_expression(&p);
  return p.failed ? NULL : tree;
}
