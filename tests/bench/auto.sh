#!/bin/sh
# Branches of equilibria and the cycles born on them: regime against AUTO-07p (Debian: auto-07p) on five models, the
# same range of the parameter, side by side and timed as whole processes.
#
#   tests/bench/auto.sh [TURNS]      default 9
#
# AUTO's equations are compiled Fortran, compiled before the clock starts; regime reads its model each time. AUTO runs
# twice, once for the equilibria and once for the cycles from the first Hopf point; regime once.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
regime=${REGIME:-$source/build/release/regime}
turns=${1:-9}
AUTO_DIR=${AUTO_DIR:-/usr/lib/auto-07p}
export AUTO_DIR
[ -d "$AUTO_DIR" ] || { echo "AUTO-07p is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source"/tests/bench/auto/* "$work"
cd "$work"

compile() {
  make -s -f "$AUTO_DIR/cmds/cmds.make" EQUATION_NAME="$1" FC=gfortran <"$1.equilibria" >"$1.compiled" 2>&1
}
auto_run() {
  "./$1.exe" <"$1.equilibria" >"$1.auto" 2>/dev/null
  cp fort.8 fort.3
  "./$1.exe" <"$1.cycles" >>"$1.auto" 2>/dev/null
}
regime_run() {
  "$regime" branch "$1.cfg" --parameter "$2" --from "$3" --to "$4" --cycles --out "$1-out" --json >"$1.json" || true
}
# The points AUTO found on branches of equilibria and of cycles: kind, parameter, period.
auto_points() { awk '$3 ~ /^(LP|BP|HB|PD|TR)$/ && !seen[$3, $5]++ { printf "%s %.6g; ", $3, $5 }' "$1.auto"; }
regime_points() {
  python3 - "$1.json" <<'END'
import json, sys
for point in json.load(open(sys.argv[1]))["points"]:
    print("%s %.6g; " % (point["type"], point["parameter"]), end="")
END
}
milliseconds() {
  for _ in $(seq "$turns"); do
    begin=$(date +%s%N)
    "$@"
    echo $((($(date +%s%N) - begin) / 1000))
  done | sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] / 1000 }'
}

while read -r model parameter from to; do
  compile "$model"
  auto_ms=$(milliseconds auto_run "$model")
  regime_ms=$(milliseconds regime_run "$model" "$parameter" "$from" "$to")
  echo "$model: AUTO $auto_ms ms, regime $regime_ms ms; AUTO : regime $(awk -v a="$auto_ms" -v r="$regime_ms" 'BEGIN { printf "%.2f", a / r }')"
  echo "  AUTO    $(auto_points "$model")"
  echo "  regime  $(regime_points "$model")"
done <<'MODELS'
lor r 0 30
ab p1 0 0.15
pp2 p1 0 1
brusselator b 1 4
trade_cycle alpha 0.5 4
MODELS
