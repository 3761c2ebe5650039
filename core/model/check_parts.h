/* check_parts.h — what the files of the check share. */
#ifndef RG_CHECK_PARTS_H
#define RG_CHECK_PARTS_H

#include "model/builtins.h"
#include "model/check.h"

/* What is known of a function `def f(a, b)`. */
typedef struct rg_signature {
  const rg_statement *statement;
  enum { RG_UNSEEN, RG_OPEN, RG_DONE } progress;
  rg_sort *parameter; /* learnt from how the body uses each */
  rg_sort result;
  double size; /* terms, with functions and sums written out */
  int height;  /* levels, likewise */
} rg_signature;

struct rg_checker {
  rg_check_input in;
  rg_arena *arena;
  rg_signature *functions;
  rg_signature *inside; /* the function whose body is being checked; NULL in equations */
  bool *bound;          /* by letter */
  bool *used;           /* by number of the name */
  double size;          /* terms seen, with functions and sums written out */
  int depth, deepest;   /* levels below the statement, now and at most, likewise */
};

/* Checks a tree and answers what it is; complains where `want` says otherwise. */
rg_sort rg_check_tree(rg_checker *checker, const rg_tree *tree, rg_sort want);

/* The body of a function, once. */
void rg_check_function(rg_checker *checker, rg_signature *function);

/* --- check_names.c -------------------------------------------------------------------------------------- */

rg_sort rg_check_named(rg_checker *checker, const rg_tree *tree, rg_sort want);
void rg_check_lag(rg_checker *checker, const rg_tree *tree);

/* Conditions on letters: i == US, i != j, i in north. */
void rg_check_letters(rg_checker *checker, const rg_tree *tree);
/* What a letter may be compared with, and what it may be in. */
void rg_check_side(rg_checker *checker, const rg_tree *side, size_t set);
void rg_check_subset(rg_checker *checker, const rg_tree *subset, size_t set);

/* --- check_calls.c -------------------------------------------------------------------------------------- */

rg_sort rg_check_call(rg_checker *checker, const rg_tree *call, rg_sort want);

#endif
