#!/bin/sh
# Ctrl-C ends the path where it is; the files are whole, and the exit code says that the run is not.
. "$SOURCE/tests/support/cli.sh"

# A stiff oscillator that would take far longer than anybody waits.
cat >long.cfg <<'MODEL'
model = { name = "long"; time = "continuous"; };
span  = { from = 0.0; to = 1.0e7; output = 100.0; };
equations = "
  init x = 2
  init y = 0
  x' = y
  y' = 50*(1 - x^2)*y - x
";
MODEL
"$REGIME" run long.cfg --precise --json >"$work/.out" 2>"$work/.err" &
child=$!
sleep 2
kill -INT "$child" 2>/dev/null || fail "the run did not last long enough to be interrupted"
wait "$child"
code=$?
[ "$code" -eq 1 ] || fail "an interrupted run exits with $code, not 1"
document "d['outcome'] == 'interrupted' and 0 < d['time'] < 1e7"
says err "was interrupted at time"
exists out/long-baseline/scalars.csv out/long-baseline/manifest.json
[ -z "$(find out -name '*unfinished*')" ] || fail "a draft was left"
tail -1 out/long-baseline/scalars.csv | grep -Eq '^[0-9.e+]+,[-0-9.e+]+,[-0-9.e+]+$' || fail "the last row is not whole"
answers 1 rerun out/long-baseline; says err "was interrupted"

# A second run that was interrupted is compared with nothing.
answers 0 run long.cfg --to 100 --out short
sed -i 's/"to": 100.0/"to": 1e7/' short/manifest.json
"$REGIME" rerun short >"$work/.out" 2>"$work/.err" &
child=$!
sleep 1
kill -INT "$child" 2>/dev/null || fail "the second run did not last long enough to be interrupted"
wait "$child"
code=$?
[ "$code" -eq 1 ] || fail "an interrupted rerun exits with $code, not 1"
silent out; says err "was interrupted at time"
if grep -q "differs" "$work/.err"; then fail "an interrupted rerun was compared"; fi
