#!/usr/bin/env Rscript
# Writes the Penn World Table as a file of observations, from R's package pwt9 (Debian: r-cran-pwt9).
#
#   Rscript pwt.R pwt.csv                        all countries, years and series
#   Rscript pwt.R pwt.csv rgdpe,emp USA,DEU      two series of two countries
#
#   observations = { file = "pwt.csv"; series = { emp = "employment[i]"; }; members = { US = "USA"; }; };

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1) stop("write: Rscript pwt.R FILE [SERIES,...] [COUNTRY,...]")
if (!requireNamespace("pwt9", quietly = TRUE)) stop("install the package pwt9 (Debian: r-cran-pwt9)")

data("pwt9.1", package = "pwt9", envir = environment())
table <- pwt9.1
split <- function(text) strsplit(text, ",", fixed = TRUE)[[1]]
if (length(arguments) > 1) {
  unknown <- setdiff(split(arguments[2]), names(table))
  if (length(unknown)) stop("the Penn World Table has no series ", paste(unknown, collapse = ", "))
  table <- table[, c("country", "isocode", "year", split(arguments[2]))]
}
if (length(arguments) > 2) {
  unknown <- setdiff(split(arguments[3]), levels(table$isocode))
  if (length(unknown)) stop("the Penn World Table has no country ", paste(unknown, collapse = ", "))
  table <- table[table$isocode %in% split(arguments[3]), ]
}
write.csv(table, arguments[1], row.names = FALSE, na = "")
