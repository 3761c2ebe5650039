#!/bin/sh
# Branches of equilibria and the cycles born on them: regime against AUTO-07p (Debian: auto-07p) on five models, the
# same range of the parameter: special points side by side, the period of the cycle at one value, points computed, and
# the time of whole processes.
#
#   tests/bench/auto.sh [TURNS]      default 9
#
# AUTO's equations are compiled Fortran, compiled before the clock starts; regime reads its model each time. AUTO runs
# twice, once for the equilibria and once for the cycles from the first Hopf point; regime once, and follows the cycles
# from all of them. A family that comes near a homoclinic orbit ends in AUTO at the period at which regime ends it. Both
# have one thread: AUTO's own threads cost more than they bring on problems of this size.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
regime=${REGIME:-$source/build/release/regime}
turns=${1:-9}
AUTO_DIR=${AUTO_DIR:-/usr/lib/auto-07p}
export AUTO_DIR
export OMP_NUM_THREADS=1
[ -d "$AUTO_DIR" ] || { echo "AUTO-07p is not installed"; exit 77; }
command -v gfortran >/dev/null || { echo "AUTO-07p needs gfortran"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source"/tests/bench/auto/* "$work"
cd "$work"

compile() {
  make -s -f "$AUTO_DIR/cmds/cmds.make" EQUATION_NAME="$1" FC=gfortran <"$1.equilibria" >"$1.compiled" 2>&1
}
auto_run() {
  "./$1.exe" <"$1.equilibria" >"$1.auto" 2>/dev/null
  cp fort.7 "$1.points"
  cp fort.8 fort.3
  "./$1.exe" <"$1.cycles" >>"$1.auto" 2>/dev/null
  cat fort.7 >>"$1.points"
}
regime_run() {
  "$regime" branch "$1.cfg" --parameter "$2" --from "$3" --to "$4" --cycles --out "$1-out" --json >"$1.json" || true
}
# The cycle at one value of the parameter: AUTO's label there, regime's end of a range that ends there.
auto_at() {
  sed "s/UZSTOP={1:\[[^]]*\]/UZSTOP={1:$2/; s/EPSS=1e-6/EPSS=1e-9/" "$1.cycles" >"$1.at"
  cp "$1.start" fort.3
  "./$1.exe" <"$1.at" >/dev/null 2>&1
  cp fort.7 "$1.at-points"
}
milliseconds() {
  for _ in $(seq "$turns"); do
    begin=$(date +%s%N)
    "$@"
    echo $((($(date +%s%N) - begin) / 1000))
  done | sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] / 1000 }'
}

cat >compare.py <<'END'
import json, math, sys

model, parameter, at, start, stop = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
kinds = {1: ("BP", ["branch", "pitchfork"]), 2: ("LP", ["fold"]), 3: ("HB", ["hopf"]),
         5: ("LP", ["fold of cycles", "homoclinic"]), 6: ("BP", ["branch"]), 7: ("PD", ["period doubling"]),
         8: ("TR", ["torus"])}

def rows(name):  # branch, point, kind, label, parameter, ...: heads of tables have branch 0
    for line in open(name):
        fields = line.split()
        if fields and fields[0] != "0":
            yield int(fields[0]), int(fields[2]), [float(x) for x in fields[4:]]

def digits(a, b):
    return "%.1f" % -math.log10(max(abs(a - b) / max(abs(a), abs(b)), 1e-16)) if a != b else "all"

def line(kind, auto, name, own):
    agree = digits(auto, own) if auto is not None and own is not None else ""
    show = lambda x: "" if x is None else "%.10g" % x
    print("  %-18s %16s   %-16s %16s  %s" % (kind, show(auto), name, show(own), agree))

points = json.load(open(model + ".json"))["points"]
computed = json.load(open(model + ".json"))
auto, taken, seen = list(rows(model + ".points")), set(), set()
print("  %-18s %16s   %-16s %16s  %s" % ("AUTO", parameter, "regime", parameter, "digits"))
for _, kind, value in auto:
    if kind not in kinds or (kind, round(value[0], 6)) in seen or not start <= value[0] <= stop:
        continue
    seen.add((kind, round(value[0], 6)))
    same = [k for k in range(len(points)) if points[k]["type"] in kinds[kind][1]]
    best = min(same, key=lambda k: abs(points[k]["parameter"] - value[0]), default=None)
    taken.add(best)
    line(kinds[kind][0], value[0], points[best]["type"] if best is not None else "-",
         points[best]["parameter"] if best is not None else None)
for k in range(len(points)):
    if k not in taken:
        line("", None, points[k]["type"], points[k]["parameter"])
found = [value[-1] for _, kind, value in rows(model + ".at-points") if kind == -4]
cycles = json.load(open(model + "-at.json"))["cycles"]
ends = [p["period"] for c in cycles for p in c["points"][-1:] if abs(p["parameter"] - at) < 1e-6 * abs(at)]
line("period at %g" % at, found[0] if found else None, "", ends[0] if ends else None)
own = sum(len(c["points"]) for c in computed["branches"]), sum(len(c["points"]) for c in computed["cycles"])
print("  points: AUTO %d, regime %d of equilibria and %d of %d families of cycles" %
      (len(auto), own[0], own[1], len(computed["cycles"])))
END

while read -r model parameter from to at at_from at_to; do
  compile "$model"
  auto_ms=$(milliseconds auto_run "$model")
  cp fort.3 "$model.start"
  auto_at "$model" "$at"
  regime_ms=$(milliseconds regime_run "$model" "$parameter" "$from" "$to")
  cp "$model.json" "$model-whole.json"
  regime_run "$model" "$parameter" "$at_from" "$at_to"
  mv "$model.json" "$model-at.json"
  mv "$model-whole.json" "$model.json"
  echo "$model: AUTO $auto_ms ms, regime $regime_ms ms; AUTO : regime $(awk -v a="$auto_ms" -v r="$regime_ms" 'BEGIN { printf "%.2f", a / r }')"
  python3 compare.py "$model" "$parameter" "$at" "$from" "$to"
done <<'MODELS'
lor r 0 30 20 20 30
ab p1 0 0.15 0.12 0.12 0.15
pp2 p1 0 1 0.7 0 0.7
brusselator b 1 4 3 1 3
trade_cycle alpha 0.5 4 3 0.5 3
MODELS
