/* random.h — pseudo-random numbers from a state the caller keeps: the same seed, the same numbers. */
#ifndef RG_RANDOM_H
#define RG_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The generator splitmix64 (Steele, Lea and Flood 2014); in [0, 1). */
static inline double rg_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* One of 0 .. n - 1. */
static inline size_t rg_random_below(uint64_t *state, size_t n) {
  return (size_t)(rg_random(state) * (double)n);
}

#endif
