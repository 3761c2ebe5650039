#!/bin/sh
# The table of a pair of sets once took the place of the table of a set called alike.
. "$SOURCE/tests/support/cli.sh"

cat >pair.cfg <<'MODEL'
model = { name = "pair"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; output = 2.0; };
sets  = {
  a   = { members = ["x", "y"]; index = ["i"]; };
  b   = { members = ["v", "w"]; index = ["j"]; };
  a_b = { members = ["p", "q"]; index = ["k"]; };
};
equations = "
  of_pair[i,j] = t
  of_third[k] = 2*t
";
MODEL
answers 0 run pair.cfg --out o
[ "$(head -1 o/a_b.csv)" = "time,a_b,of_third" ] || fail "the table of the set is not its own"
[ "$(head -1 o/a_b_.csv)" = "time,a,b,of_pair" ] || fail "the table of the pair is missing"
