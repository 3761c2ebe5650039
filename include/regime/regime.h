/* regime.h — regimes of accumulation: models of productivity, wages, profit and trade, solved and compared.
 *
 * The tour, a header a subject, in the order one meets them:
 *
 *   status.h       what a call can answer
 *   context.h      findings, and the wish to stop
 *   model.h        models from text files
 *   system.h       hybrid dynamical systems, from a model or from twenty lines of C
 *   path.h         time paths of a system
 *   sensitivity.h  how a path answers to its parameters
 *   steady.h       equilibria and balanced paths of a system
 *   branch.h       how they move with a parameter, and what is born on the way
 *   cycle.h        the cycle a path settles on
 *   lyapunov.h     how fast neighbouring paths part
 *   portrait.h     the plane of two states, basins, attractors over a parameter
 *   table.h        every result as a table
 *   study.h        a model, a scenario, a path and what is read off it
 *   inquiry.h      a model asked about its equilibria, branches and portraits by name
 *   influence.h    which parameters move what it shows, near its values and anywhere
 *   fit.h          parameters from facts
 *   output.h       tables to files
 *
 * Conventions. Types and functions are regime_*; a function that can fail returns a regime_status that must
 * be checked; what comes out through `**out` is yours and is NULL on failure; a returned pointer is borrowed;
 * free functions take NULL. Indices are size_t from 0. Numbers are double; NaN means "no value". The library
 * never prints, never exits, and keeps nothing global; it reads and writes numbers in the C locale, so a
 * program that calls setlocale leaves LC_NUMERIC at "C". Any number of threads may share a loaded model; a
 * context, an instance and a run belong to one.
 */
#ifndef REGIME_REGIME_H
#define REGIME_REGIME_H

#include <regime/branch.h>
#include <regime/context.h>
#include <regime/cycle.h>
#include <regime/fit.h>
#include <regime/influence.h>
#include <regime/inquiry.h>
#include <regime/lyapunov.h>
#include <regime/model.h>
#include <regime/output.h>
#include <regime/path.h>
#include <regime/portrait.h>
#include <regime/sensitivity.h>
#include <regime/status.h>
#include <regime/steady.h>
#include <regime/study.h>
#include <regime/system.h>
#include <regime/table.h>

/* "0.1.0" */
const char *regime_version(void);

#endif
