/* fit_journal.c — an append-only file of questions and answers. */
#include "study/fit_journal.h"
#include "base/diagnostic.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char magic[] = "regime fit 1\n";
enum { MAGIC = sizeof magic - 1, HEAD = MAGIC + 8 };

/* Where a record of the file that was resumed lies. */
typedef struct entry {
  uint64_t hash;
  long offset; /* 0: none */
} entry;

struct rg_journal {
  FILE *file;
  char *path;
  pthread_mutex_t lock;
  entry *known; /* open addressing; capacity a power of two */
  size_t count, capacity;
  time_t synced;
  bool failed;
};

uint64_t rg_hash(uint64_t hash, const void *bytes, size_t n) {
  const unsigned char *byte = bytes;
  for (size_t k = 0; k < n; k++) hash = (hash ^ byte[k]) * UINT64_C(0x100000001b3);
  return hash;
}

static uint64_t hash_key(const double *key, size_t n) { return rg_hash(RG_HASH_EMPTY, key, n * sizeof *key); }

/* --- what a resumed file knows ------------------------------------------------------------------------- */

static void put_known(rg_journal *j, entry e) {
  size_t k = e.hash & (j->capacity - 1);
  while (j->known[k].offset) k = (k + 1) & (j->capacity - 1);
  j->known[k] = e;
  j->count++;
}

static bool grow_known(rg_journal *j) {
  rg_journal larger = *j;
  larger.capacity = j->capacity ? 2 * j->capacity : 256;
  larger.count = 0;
  larger.known = calloc(larger.capacity, sizeof *larger.known);
  if (!larger.known) return false;
  for (size_t k = 0; k < j->capacity; k++)
    if (j->known[k].offset) put_known(&larger, j->known[k]);
  free(j->known);
  j->known = larger.known;
  j->capacity = larger.capacity;
  return true;
}

/* Reads the record at the file's place; false at the end, or where it is not whole. */
static bool read_record(FILE *file, double **room, size_t *most, uint64_t size[2]) {
  uint64_t check;
  if (fread(size, sizeof *size, 2, file) != 2 || size[0] > (1u << 24) || size[1] > (1u << 24)) return false;
  const size_t n = (size_t)(size[0] + size[1]);
  if (n > *most) {
    double *larger = realloc(*room, n * sizeof *larger);
    if (!larger) return false;
    *room = larger;
    *most = n;
  }
  if (fread(*room, sizeof **room, n, file) != n || fread(&check, sizeof check, 1, file) != 1) return false;
  return check == rg_hash(rg_hash(RG_HASH_EMPTY, size, 2 * sizeof *size), *room, n * sizeof **room);
}

/* Notes every whole record, and cuts off what follows the last. */
static regime_status read_known(rg_journal *j) {
  double *room = NULL;
  size_t most = 0;
  uint64_t size[2];
  long at = HEAD;
  bool enough = true;
  while (enough && read_record(j->file, &room, &most, size)) {
    enough = 2 * (j->count + 1) <= j->capacity || grow_known(j);
    if (enough) put_known(j, (entry){hash_key(room, (size_t)size[0]), at});
    at = ftell(j->file);
  }
  free(room);
  if (!enough) return REGIME_NO_MEMORY;
  return fseek(j->file, at, SEEK_SET) == 0 && ftruncate(fileno(j->file), at) == 0 ? REGIME_OK
                                                                                  : REGIME_NO_FILE;
}

/* --- opening ------------------------------------------------------------------------------------------- */

static regime_status report(regime_context *context, const rg_journal *j, const char *what) {
  rg_error(context, (rg_place){.file = j->path}, NULL, "cannot %s the journal: %s", what, strerror(errno));
  return REGIME_NO_FILE;
}

static regime_status begin(regime_context *context, rg_journal *j, uint64_t digest) {
  j->file = fopen(j->path, "w+b");
  if (!j->file || fwrite(magic, 1, MAGIC, j->file) != MAGIC ||
      fwrite(&digest, sizeof digest, 1, j->file) != 1 || fflush(j->file) != 0)
    return report(context, j, "begin");
  return REGIME_OK;
}

/* A kill while the head was being written leaves part of it, and nothing to go on from. */
static bool is_hardly_begun(const unsigned char *head, size_t n) {
  return n < HEAD && memcmp(head, magic, n < MAGIC ? n : MAGIC) == 0;
}

static regime_status begin_again(regime_context *context, rg_journal *j, uint64_t digest) {
  fclose(j->file);
  return begin(context, j, digest);
}

static regime_status go_on(regime_context *context, rg_journal *j, uint64_t digest) {
  unsigned char head[HEAD];
  const size_t n = fread(head, 1, HEAD, j->file);
  if (is_hardly_begun(head, n)) return begin_again(context, j, digest);
  if (n < HEAD || memcmp(head, magic, MAGIC) != 0)
    rg_error(context, (rg_place){.file = j->path}, "begin anew without --resume, in another folder",
             "this is no journal of a fit");
  else if (memcmp(head + MAGIC, &digest, sizeof digest) != 0)
    rg_error(
        context, (rg_place){.file = j->path},
        "begin anew without --resume; what may change between is --starts, --loss, --seed, --threads and "
        "what is asked about the result",
        "this journal is of another fit: the model, its facts, what is free or the tolerances have "
        "changed since");
  else
    return read_known(j);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_journal_open(regime_context *context, const char *path, uint64_t digest, bool resume,
                              rg_journal **out) {
  rg_journal *j = calloc(1, sizeof *j);
  *out = NULL;
  if (!j) return REGIME_NO_MEMORY;
  if (pthread_mutex_init(&j->lock, NULL) != 0) {
    free(j);
    return REGIME_NO_MEMORY;
  }
  *out = j;
  j->synced = time(NULL);
  j->path = malloc(strlen(path) + 1);
  regime_status status = REGIME_NO_MEMORY;
  if (j->path) {
    strcpy(j->path, path);
    j->file = resume ? fopen(path, "r+b") : NULL;
    status = j->file ? go_on(context, j, digest) : begin(context, j, digest);
  }
  if (status == REGIME_OK) return REGIME_OK;
  rg_journal_close(j);
  *out = NULL;
  return status;
}

void rg_journal_close(rg_journal *j) {
  if (!j) return;
  if (j->file) fclose(j->file);
  pthread_mutex_destroy(&j->lock);
  free(j->known);
  free(j->path);
  free(j);
}

regime_status rg_journal_check(regime_context *context, rg_journal *j) {
  return !j || !j->failed ? REGIME_OK : report(context, j, "write");
}

/* --- questions ----------------------------------------------------------------------------------------- */

static bool read_at(rg_journal *j, long offset, void *out, size_t n) {
  return pread(fileno(j->file), out, n, offset) == (ssize_t)n;
}

/* Whether the record at offset has this key; its answer is read then. */
static bool read_answer(rg_journal *j, long offset, const double *key, size_t n_key, double *answer,
                        size_t n_answer) {
  uint64_t size[2];
  bool same = read_at(j, offset, size, sizeof size) && size[0] == n_key && size[1] == n_answer;
  offset += (long)sizeof size;
  double *own = same ? malloc(n_key * sizeof *own) : NULL;
  same = own && read_at(j, offset, own, n_key * sizeof *own) && memcmp(own, key, n_key * sizeof *own) == 0;
  free(own);
  return same && read_at(j, offset + (long)(n_key * sizeof *key), answer, n_answer * sizeof *answer);
}

/* What was known on opening does not change: no lock. */
bool rg_journal_find(rg_journal *j, const double *key, size_t n_key, double *answer, size_t n_answer) {
  if (j->capacity == 0) return false;
  const uint64_t hash = hash_key(key, n_key);
  for (size_t k = hash & (j->capacity - 1); j->known[k].offset; k = (k + 1) & (j->capacity - 1))
    if (j->known[k].hash == hash && read_answer(j, j->known[k].offset, key, n_key, answer, n_answer))
      return true;
  return false;
}

static bool write_record(FILE *file, const double *key, size_t n_key, const double *answer, size_t n_answer) {
  const uint64_t size[2] = {n_key, n_answer};
  uint64_t check = rg_hash(RG_HASH_EMPTY, size, sizeof size);
  check = rg_hash(check, key, n_key * sizeof *key);
  check = rg_hash(check, answer, n_answer * sizeof *answer);
  return fwrite(size, sizeof size, 1, file) == 1 && fwrite(key, sizeof *key, n_key, file) == n_key &&
         fwrite(answer, sizeof *answer, n_answer, file) == n_answer &&
         fwrite(&check, sizeof check, 1, file) == 1 && fflush(file) == 0;
}

/* With the kernel at once, so that the death of the program loses nothing; on the disk once a second, so that
 * the death of the machine loses little. */
void rg_journal_add(rg_journal *j, const double *key, size_t n_key, const double *answer, size_t n_answer) {
  pthread_mutex_lock(&j->lock);
  if (!j->failed && !write_record(j->file, key, n_key, answer, n_answer)) j->failed = true;
  const time_t now = time(NULL);
  if (now != j->synced && fsync(fileno(j->file)) == 0) j->synced = now;
  pthread_mutex_unlock(&j->lock);
}
