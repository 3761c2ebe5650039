#!/bin/sh
# `--out ""` once wrote the files of a run into the root of the file system.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg
answers 2 run goodwin.cfg --out ""; says err "\`--out\` needs a value"; silent out
answers 2 run goodwin.cfg --out=; says err "\`--out\` needs a value"
answers 2 run goodwin.cfg --scenario ""; says err "\`--scenario\` needs a value"
