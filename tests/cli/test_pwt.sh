#!/bin/sh
# The Penn World Table from R's package: written by the script of the shelf, read by a model. Skipped without R.
. "$SOURCE/tests/support/cli.sh"

Rscript -e 'stopifnot(requireNamespace("pwt9", quietly = TRUE))' >/dev/null 2>&1 || exit 77
regime=$REGIME
REGIME=Rscript
answers 0 "$SOURCE/models/data/pwt.R" pwt.csv emp,avh USA,DEU
answers 1 "$SOURCE/models/data/pwt.R" pwt2.csv employment
says err "no series employment"
REGIME=$regime
cat >world.cfg <<'EOF'
model = { name = "world"; time = "continuous"; unit = "year"; };
span = { from = 1960.0; to = 1965.0; output = 1.0; };
sets = { country = { members = ["US", "DE"]; index = ["i"]; }; };
equations = "
  init hours[i] = 2000
  hours[i]' = -10
";
observations = { file = "pwt.csv"; series = { avh = "hours[i]"; }; members = { US = "USA"; DE = "Germany"; }; };
EOF
answers 0 run world.cfg --out o
[ "$(grep -c '^avh,' o/facts.csv)" = 10 ] || fail "five years of two countries are not ten facts"
