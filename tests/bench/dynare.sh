#!/bin/sh
# Many countries of model SIM linked by trade, one simultaneous block: regime against Dynare's deterministic
# simulation of the same equations, in one go, as ratios. Needs Dynare for Octave (Debian: dynare).
#
#   tests/bench/dynare.sh [COUNTRIES [PERIODS]]      six equations a country; default 40 countries, 400 periods
#
# Dynare takes the model block by block, as byte code, which is its fastest way with such a one: nothing looks ahead, so
# that its blocks too are solved period by period. Without, it factorises all periods at once.
#
# Solver seconds are what each program says of its own solver; whole seconds are those of the process.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
regime=${REGIME:-$source/build/release/regime}
countries=${1:-40}
periods=${2:-400}
dynare=/usr/lib/dynare/matlab
{ command -v octave-cli && [ -d "$dynare" ]; } >/dev/null || { echo "Dynare for Octave is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The equations of all countries, in the notation both understand but for the semicolon.
equations() {
  awk -v n="$countries" -v end="$1" 'BEGIN {
    for (i = 0; i < n; i++) {
      printf "Y%d = C%d + G + X%d - M%d%s\nYD%d = 0.8*Y%d%s\n", i, i, i, i, end, i, i, end
      printf "C%d = 0.6*YD%d + 0.4*H%d(-1)%s\nM%d = %.17g*Y%d%s\n", i, i, i, end, i, 0.1 + 0.2*(i % 7)/7, i, end
      printf "H%d = H%d(-1) + YD%d - C%d%s\nX%d = 0", i, i, i, i, end, i
      for (p = 0; p < 4; p++) printf " + 0.25*M%d", (i + 1 + p*p*17) % n
      print end
    }
  }'
}
each() { awk -v n="$countries" -v form="$1" 'BEGIN { for (i = 0; i < n; i++) { s = form; gsub(/#/, i, s); print s } }'; }

{
  echo 'model = { name = "world"; time = "discrete"; };'
  echo "span = { from = 0.0; to = $periods.0; }; parameters = { G = 20.0; };"
  echo 'equations = "'
  each 'init H# = 0'
  equations ""
  echo '";'
} >world.cfg
{
  echo "var"; each 'Y# YD# C# M# H# X#'; echo "; varexo G; model(block, bytecode);"
  equations ";"
  echo "end; initval; G = 20;"; each 'Y#=0; YD#=0; C#=0; M#=0; H#=0; X#=0;'; echo "end;"
  echo "perfect_foresight_setup(periods=$periods);"
  printf '%s\n' 'tic;' 'perfect_foresight_solver;' 'seconds = toc;'
  printf '%s\n' 'printf("answer %.6f %.12g\n", seconds, oo_.endo_simul(1, end));'
} >world.mod

seconds() { awk '/"wall_s"/ { gsub(/[",]/, ""); print $2 }' "$1"; }
now() { date +%s.%N; }

begin=$(now); "$regime" run world.cfg --quiet --out run; middle=$(now)
octave-cli --eval "addpath('$dynare'); dynare world noclearall nolog" >dynare.log 2>&1 || true
end=$(now)
read -r _ dynare_solver dynare_y <<ANSWER
$(grep "^answer" dynare.log || tail -5 dynare.log >&2)
ANSWER
regime_y=$(awk -F, 'NR == 1 { for (k = 1; k <= NF; k++) if ($k == "Y0") c = k } END { print $c }' run/scalars.csv)
awk -v a="$(seconds run/manifest.json)" -v b="$dynare_solver" -v begin="$begin" -v middle="$middle" -v end="$end" \
    -v x="$regime_y" -v y="$dynare_y" -v n="$((6 * countries))" -v t="$periods" 'BEGIN {
  printf "%d equations, %d periods; last Y of the first country: regime %.10g, Dynare %.10g\n", n, t, x, y
  printf "solver: regime %.3f s, Dynare %.3f s, ratio Dynare/regime %.0f\n", a, b, b/a
  printf "whole process: regime %.3f s, Dynare %.3f s, ratio %.0f\n", middle - begin, end - middle, (end - middle)/(middle - begin)
}'
