#!/bin/sh
# Switches within switches were named by their whole text, a million characters each: three hundred of them took
# twenty seconds and 300 MB to load.
. "$SOURCE/tests/support/cli.sh"

{
  printf 'model = { name = "many"; time = "continuous"; };\nspan  = { from = 0.0; to = 1.0; };\nequations = "\n'
  printf '  init x = 1\n  x%s = a300\n  a0 = x\n' "'"
  k=0
  while [ $k -lt 300 ]; do
    printf '  a%d = max(a%d, 1 - a%d)*0.5 + a%d*a%d\n' $((k + 1)) $k $k $k $k
    k=$((k + 1))
  done
  printf '";\n'
} >many.cfg
timeout 5 "$REGIME" check many.cfg >.out 2>.err || fail "loading takes more than five seconds"
says out "no error found"
