#!/bin/sh
# One path of five models: regime against XPPAUT (Debian: xppaut) in batch, CVODE's BDF with dense Jacobians in both, at
# the same tolerances, the same number of points written. Times of whole processes; and how many digits of the last
# states are right, judged by `regime run --precise`, of which XPPAUT writes eight.
#
#   tests/bench/xppaut.sh [TURNS]      default 9
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
regime=${REGIME:-$source/build/release/regime}
turns=${1:-9}
command -v xppaut >/dev/null || { echo "XPPAUT is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source"/tests/bench/xppaut/* "$work"
for model in keen goodwin kaldor_cycle; do cp "$source/models/textbook/$model/$model.cfg" "$work"; done
cd "$work"
for model in *.ode; do # the tolerances are regime's own
  sed -i 's/^@ .*/&,meth=cvode,toler=1e-8,atoler=1e-10,maxstor=100000,bounds=1e9,nout=1/' "$model"
done

xppaut_run() { xppaut "$1.ode" -silent -quiet 1 -outfile "$1.dat" >/dev/null 2>&1; }
regime_run() { "$regime" run "$1.cfg" --to "$2" --rtol 1e-8 --atol 1e-10 --out "$1-out" --quiet >/dev/null; }
milliseconds() {
  for _ in $(seq "$turns"); do
    begin=$(date +%s%N)
    "$@"
    echo $((($(date +%s%N) - begin) / 1000))
  done | sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] / 1000 }'
}
digits() {
  python3 - "$@" <<'END'
import csv, math, sys

model, states = sys.argv[1], sys.argv[2:]

def table(folder):
    return list(csv.DictReader(line for line in open(folder + "/scalars.csv") if not line.startswith("#")))

def digits(a, exact):
    return -math.log10(max(abs(a - exact) / abs(exact), 1e-16))

theirs = [line.split() for line in open(model + ".dat")]
ours, exact = table(model + "-out"), table(model + "-precise")
assert len(theirs) == len(ours), (len(theirs), len(ours))
for k, state in enumerate(states):
    a, b, c = float(theirs[-1][k + 1]), float(ours[-1][state]), float(exact[-1][state])
    print("  %-4s %-14.9g XPPAUT %.1f digits, regime %.1f" % (state, c, digits(a, c), digits(b, c)))
END
}

while read -r model to states; do
  xppaut_ms=$(milliseconds xppaut_run "$model")
  regime_ms=$(milliseconds regime_run "$model" "$to")
  echo "$model: XPPAUT $xppaut_ms ms, regime $regime_ms ms; XPPAUT : regime $(awk -v a="$xppaut_ms" -v r="$regime_ms" 'BEGIN { printf "%.2f", a / r }')"
  "$regime" run "$model.cfg" --to "$to" --precise --out "$model-precise" --quiet >/dev/null
  # shellcheck disable=SC2086 # several names
  digits "$model" $states
done <<'MODELS'
lorenz 10 x y z
vanderpol 400 x y
keen 300 w l d
goodwin 2000 v u
kaldor_cycle 200 Y K
MODELS
