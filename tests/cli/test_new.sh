#!/bin/sh
# The skeleton runs as it is, and nothing is overwritten.
. "$SOURCE/tests/support/cli.sh"

answers 0 new mymodel; says out "mymodel.cfg"; exists mymodel.cfg
answers 0 check mymodel.cfg; silent err
answers 0 run mymodel.cfg; says out "reached end"; says out "take-off"; silent err
answers 0 run mymodel.cfg --scenario slow; exists out/mymodel-slow/scalars.csv

echo mine >kept.cfg
answers 2 new kept; says err "exists already"
[ "$(cat kept.cfg)" = mine ] || fail "a file was overwritten"
answers 2 new "two words"; says err "cannot be the name"
answers 2 new 2nd
answers 2 new ""
answers 0 new other.cfg --json; document "d['file'] == 'other.cfg'"; exists other.cfg
answers 5 new no/such/folder/model
