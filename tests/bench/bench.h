/* bench.h — how much longer one function takes than another.
 *
 * Times on a shared machine wander by more than what one wants to see, but they wander for both: so the two
 * run in turn, A B A B, and each turn gives one ratio A/B. The median of these is the answer; the smallest
 * and the largest say how far to trust it.
 */
#ifndef RG_TESTS_BENCH_H
#define RG_TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef void bench_function(void *self);

#ifndef BENCH_TURNS
#define BENCH_TURNS 41
#endif

/* Processor seconds of `calls` calls. */
static inline double bench_time(bench_function *function, void *self, long calls) {
  struct timespec begin, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  for (long k = 0; k < calls; k++) function(self);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
}

/* As many calls as take about 5 ms: long against the clock's grain, short against changes of weather. */
static inline long bench_calls(bench_function *function, void *self) {
  long calls = 1;
  while (calls < 1L << 40 && bench_time(function, self, calls) < 5e-3) calls *= 2;
  return calls;
}

static inline int bench_ascending(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Prints `name`, then smallest, median and largest of the ratios, and what one call takes in microseconds. */
static inline void bench_ratio(const char *name, bench_function *a, void *a_self, bench_function *b,
                               void *b_self) {
  const long a_calls = bench_calls(a, a_self), b_calls = bench_calls(b, b_self);
  double ratio[BENCH_TURNS], a_time[BENCH_TURNS], b_time[BENCH_TURNS];
  for (size_t k = 0; k < BENCH_TURNS; k++) {
    a_time[k] = bench_time(a, a_self, a_calls) / (double)a_calls;
    b_time[k] = bench_time(b, b_self, b_calls) / (double)b_calls;
    ratio[k] = a_time[k] / b_time[k];
  }
  qsort(ratio, BENCH_TURNS, sizeof *ratio, bench_ascending);
  qsort(a_time, BENCH_TURNS, sizeof *a_time, bench_ascending);
  qsort(b_time, BENCH_TURNS, sizeof *b_time, bench_ascending);
  printf("%-40s ratio %.2f %.2f %.2f  (%.2f us to %.2f us)\n", name, ratio[0], ratio[BENCH_TURNS / 2],
         ratio[BENCH_TURNS - 1], 1e6 * a_time[BENCH_TURNS / 2], 1e6 * b_time[BENCH_TURNS / 2]);
}

#endif
