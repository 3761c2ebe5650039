#!/bin/sh
# An event that had passed against its direction was found again where its function lost its value.
. "$SOURCE/tests/support/cli.sh"

cat >none.cfg <<'MODEL'
model = { name = "none"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; };
equations = "
  init x = 2
  x' = -1             # down through 1 at 1, beyond 0 at 2
";
events = ( { name = "up"; when = "sqrt(x) > 1"; set = { x = "2"; }; } );
MODEL
answers 4 run none.cfg --json
document "d['outcome'] == 'left domain' and d['events'] == [] and abs(d['time'] - 2) < 1e-6"
