#!/bin/sh
# A map that an event stopped between two recorded periods ended its tables with the one before.
. "$SOURCE/tests/support/cli.sh"

cat >stop.cfg <<'MODEL'
model = { name = "stop"; time = "discrete"; };
span  = { from = 0.0; to = 20.0; output = 5.0; };
equations = "
  init x = 1
  x = x(-1) + 1
";
events = ( { name = "enough"; when = "x > 7.5"; stop = true; } );
MODEL
answers 0 run stop.cfg --json --out o; document "d['time'] == 7 and d['final']['x'] == 8"
[ "$(sed 1d o/scalars.csv | tr '\n' ' ')" = "0,1 5,6 7,8 " ] || fail "points are $(cat o/scalars.csv)"
