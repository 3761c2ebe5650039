/* output.h — tables to files, whole or not at all.
 *
 * Every writer takes tables and a path. A file appears under its name when it is complete; a failed or
 * interrupted write leaves what was there before; NO says that regime_context_interrupt came in between.
 */
#ifndef REGIME_OUTPUT_H
#define REGIME_OUTPUT_H

#include <regime/context.h>
#include <regime/table.h>

/* Comma-separated values as Stata, R and pandas read them: a header of names, numbers with %.17g, NA for
 * what is not finite, words quoted where they must be (RFC 4180). NO, NO_FILE, NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_write_csv(regime_context *context, const regime_table *table,
                                                 const char *file);

/* Reads back what regime_write_csv wrote: a column whose cells are all numbers or NA holds numbers, any other
 * words; so does a key, but for `time`. The table is called after the file. *out is yours; NULL on failure.
 * NO_FILE, NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_read_csv(regime_context *context, const char *file, size_t keys,
                                                regime_table **out);

/* One netCDF-4 file with CF conventions: the key `time` becomes a coordinate, each other key a labelled
 * dimension, each value column a variable over its table's keys with `units` and `long_name`. Tables without
 * a `time` key are left out. NO, NO_FILE, NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_write_netcdf(regime_context *context,
                                                    const regime_table *const *tables, size_t n_tables,
                                                    const char *title, const char *file);

#endif
