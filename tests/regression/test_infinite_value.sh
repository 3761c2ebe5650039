#!/bin/sh
# What is not finite was `inf` in tables and null in JSON.
. "$SOURCE/tests/support/cli.sh"

cat >infinite.cfg <<'MODEL'
model = { name = "infinite"; time = "continuous"; };
span  = { from = 0.0; to = 4.0; output = 2.0; };
equations = "
  init x = 1
  x' = 1
  far = 1/(x - x)
";
MODEL
"$REGIME" run infinite.cfg --json --out o >"$work/.out" 2>"$work/.err"
[ -f o/scalars.csv ] && ! grep -qi inf o/scalars.csv || fail "an infinite value in a table: $(cat o/scalars.csv)"
document "d['final']['far'] is None"
