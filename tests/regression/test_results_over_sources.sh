#!/bin/sh
# The table `facts` of a run once took the place of the model's own facts.csv.
. "$SOURCE/tests/support/cli.sh"

cp -r "$SOURCE/models/textbook/thirlwall_law" mine
cp mine/facts.csv before.csv
answers 2 run mine/thirlwall_law.cfg --out mine; says err "facts.csv: error"; says err "--out"
cmp mine/facts.csv before.csv || fail "the facts have changed"
cd mine || exit 1
answers 2 run thirlwall_law.cfg --out .
answers 0 run thirlwall_law.cfg --out results
answers 0 rerun results
