#!/bin/sh
# A state without value that no rate looks at was once a path that diverged.
. "$SOURCE/tests/support/cli.sh"

cat >nowhere.cfg <<'MODEL'
model = { name = "nowhere"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; };
equations = "
  init x = 1
  x' = 1
  init clock = 0
  clock' = 1
";
events = ( { name = "jump"; when = "clock > 2"; set = { x = "log(-clock)"; }; } );
MODEL
answers 4 run nowhere.cfg --json; document "d['outcome'] == 'left domain' and abs(d['time'] - 2) < 1e-6"
says err "no value at t = 2"
