/* fit_journal.h — every path a fit has computed, in a file, so that a fit can be killed and resumed.
 *
 * A record is a key (the point asked about) and an answer, both lists of numbers, with a checksum. A fit is
 * deterministic: run again, it asks the same questions in the same order, and those the journal can answer
 * cost no path. Whatever the instant of the kill, the bits of the result are the same. Records may come in
 * any order, from several threads.
 *
 *   head    "regime fit 1\n", digest (8 bytes)
 *   record  n_key, n_answer (8 bytes each), key, answer (8 bytes a number), checksum (8 bytes)
 *
 * Numbers lie as in memory: a journal is resumed on the kind of machine that wrote it. A record that was
 * being written when the program ended is dropped.
 */
#ifndef RG_FIT_JOURNAL_H
#define RG_FIT_JOURNAL_H

#include <regime/context.h>
#include <stdint.h>

/* Fowler-Noll-Vo hash, 64 bits; begin with RG_HASH_EMPTY and add piece after piece. */
#define RG_HASH_EMPTY UINT64_C(0xcbf29ce484222325)
uint64_t rg_hash(uint64_t hash, const void *bytes, size_t n);

typedef struct rg_journal rg_journal;

/* Begins a journal, or with `resume` goes on with the one there is (a file that is not there is begun).
 * `digest` says of which fit it is. BAD_ARGUMENT when the file is of another fit or no journal, NO_FILE,
 * NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_journal_open(regime_context *context, const char *path, uint64_t digest,
                                                bool resume, rg_journal **out);
void rg_journal_close(rg_journal *journal); /* takes NULL */

/* NO_FILE when something could not be written. Takes NULL. */
REGIME_MUST_CHECK regime_status rg_journal_check(regime_context *context, rg_journal *journal);

/* Reads the answer to a key; false when there is none. Any thread. */
bool rg_journal_find(rg_journal *journal, const double *key, size_t n_key, double *answer, size_t n_answer);
void rg_journal_add(rg_journal *journal, const double *key, size_t n_key, const double *answer,
                    size_t n_answer);

#endif
