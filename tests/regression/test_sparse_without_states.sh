#!/bin/sh
# A sparse matrix of no rows was once memory exhausted.
. "$SOURCE/tests/support/cli.sh"

cat >static.cfg <<'MODEL'
model = { name = "static"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; };
equations = "
  x = 2*t
";
MODEL
answers 0 run static.cfg --linear sparse --json; document "d['final']['x'] == 8"
