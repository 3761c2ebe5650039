#!/bin/sh
# An event that looks one way was blind, at the instant of another, to being thrown back across zero.
. "$SOURCE/tests/support/cli.sh"

lost() {
  cat <<MODEL
model = { name = "lost"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; output = 0.5; };
equations = "
  init x = 1
  x' = -1             # falls through zero at 1, which B does not look at
  init clock = 0
  clock' = 1
";
events = ( $1, $2 );
MODEL
}
a='{ name = "A"; when = "clock > 2"; set = { x = "5"; }; }'
b='{ name = "B"; when = "x > 0"; set = { x = "7"; }; }'
for order in "$a|$b" "$b|$a"; do
  lost "${order%|*}" "${order#*|}" >lost.cfg
  answers 0 run lost.cfg --quiet
  [ "$(sed 1d out/lost-baseline/events.csv | cut -c1-5 | tr '\n' ' ')" = "A,2.0 B,2.0 " ] ||
    fail "events are not A and B at 2: $(cat out/lost-baseline/events.csv)"
done
