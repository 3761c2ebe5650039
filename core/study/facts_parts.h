/* facts_parts.h — what the files that read facts share: the gathering, and a number before it is a fact. */
#ifndef RG_FACTS_PARTS_H
#define RG_FACTS_PARTS_H

#include "base/csv.h"
#include "base/diagnostic.h"
#include "study/facts.h"

/* A number as a file has it. */
typedef struct rg_datum {
  const char *series;           /* as the file calls it */
  const char *member, *country; /* likewise, in up to two ways; "" where there is none */
  const char *kind;             /* "": as the model says */
  double from, to;              /* NaN: not given */
  double value;                 /* NaN: missing */
  double sd, weight, base;      /* NaN: not given */
  int line;
} rg_datum;

extern const rg_datum rg_no_datum; /* "" and NaN throughout */

typedef RG_LIST(const char *) rg_labels;

typedef struct rg_gathering {
  regime_context *context;
  const regime_model *model;
  const rg_output_names *names;
  rg_arena *arena;
  size_t first_group, end_group; /* of the model's observations: what they say of series and members counts */
  const char *file;
  const rg_csv *csv;
  bool is_download; /* the file holds more than the model asks for */
  RG_LIST(rg_fact) facts;
  rg_labels series, members; /* met in downloaded files */
  size_t missing, outside;
  size_t without_sd;
} rg_gathering;

/* How a file can be laid out. */
typedef struct rg_layout {
  const char *name, *head; /* "long", "variable,member,from,to,value" */
  bool is_download;
  bool (*fits)(const rg_gathering *gathering); /* by the head */
  void (*read)(rg_gathering *gathering);
} rg_layout;

/* --- facts_layout.c ------------------------------------------------------------------------------------ */

/* Reads the file's cells and finds its layout: the one named, or with "" that of its head. NULL after an
 * error, which is reported. *status: NO_MEMORY, else BAD_MODEL or OK. */
const rg_layout *rg_layout_open(rg_gathering *gathering, const char *name, regime_status *status);

/* --- readers of a layout ------------------------------------------------------------------------------- */

bool rg_fits_long(const rg_gathering *g);
bool rg_fits_wide(const rg_gathering *g);
bool rg_fits_ameco(const rg_gathering *g);
bool rg_fits_pwt(const rg_gathering *g);
bool rg_fits_worldbank(const rg_gathering *g);
bool rg_fits_oecd(const rg_gathering *g);
void rg_read_long(rg_gathering *g);
void rg_read_wide(rg_gathering *g);
void rg_read_ameco(rg_gathering *g);
void rg_read_pwt(rg_gathering *g);
void rg_read_worldbank(rg_gathering *g);
void rg_read_oecd(rg_gathering *g);

/* --- facts_cell.c -------------------------------------------------------------------------------------- */

rg_place rg_fact_place(const rg_gathering *g, int line);
/* The column of the first of these names that there is, or -1; a name NULL ends the list. */
long rg_column_of(const rg_gathering *g, const char *const *names);
/* The cell, or "" for column -1. */
const char *rg_cell(const rg_gathering *g, size_t row, long column);
/* The number in a cell; NaN where it is missing, or after an error, which is reported: *sound is false. */
double rg_cell_number(rg_gathering *g, size_t row, long column, bool *sound);
/* A stretch of time: "1960", "1960-Q2", "1960-05"; any other number begins one of length 1. */
bool rg_cell_period(const char *cell, double *from, double *to);
/* Whether a head is a year: "1960", "1960 [YR1960]". */
bool rg_head_year(const char *head, double *year);

/* --- facts_find.c -------------------------------------------------------------------------------------- */

/* What a series is: one that the model maps, or its variable of that name. */
typedef struct rg_subject {
  const char *name;
  const regime_series *series; /* NULL: a variable */
  const regime_variable *variable;
  size_t set; /* over whose members it runs; REGIME_NO_SET: it has no index, or two */
} rg_subject;
bool rg_subject_find(const rg_gathering *g, const char *name, rg_subject *out);
/* The member of a set that the files call so, or NULL. */
const char *rg_member_called(const rg_gathering *g, size_t set, const char *label);

/* What to do about a series that the model does not know: the nearest it knows, or how to map it. */
const char *rg_series_remedy(const rg_gathering *g, const char *name);
/* The output of the subject for whom the number is; false after an error, or where it is nobody's of the
 * model. */
bool rg_find_output(rg_gathering *g, const rg_datum *datum, const rg_subject *subject, rg_fact *fact);

/* --- facts_add.c --------------------------------------------------------------------------------------- */

/* Makes a fact of a number; reports what is wrong with it. What a downloaded file holds beyond the model is
 * passed over. */
void rg_facts_add(rg_gathering *g, const rg_datum *datum);

/* --- facts_check.c ------------------------------------------------------------------------------------- */

/* Reports facts that stand twice. */
void rg_facts_check_twice(rg_gathering *g);
/* Warns of the facts from `first` on, those of a file, that no path of the span covers. */
void rg_facts_check_span(rg_gathering *g, size_t first);
/* Reports series and members the model maps that no file of the group has. */
void rg_facts_check_met(rg_gathering *g);

#endif
