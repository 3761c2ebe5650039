#!/bin/sh
# long-run.csv: the balanced path of the world of equals as the wage compromise goes from the Fordist one to two others,
# in eight steps each. long-run.md says what is in it.
#
#   sh models/crisis/long-run.sh > models/crisis/long-run.csv        # REGIME=path/to/regime where it is not installed
set -eu
REGIME=${REGIME:-regime}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nothing that forbids balance: long-run.md, "What forbids it".
equals="deepening=0 fordist_deepening=0 opening=0 catchup=0 strikes=0 labour_supply=0.01 labour_supply_later=0.01
  immigration=0 own_oil=0 late_boom=0 deficit_spending=0"

between() { awk -v a="$1" -v b="$2" -v s="$3" 'BEGIN { print a + (b - a)*s/8 }'; }

# The path on which Taylorism is spent: values by name, then the largest real part that is not zero.
read_path() {
  awk -F, 'NR == 1 { for (k = 1; k <= NF; k++) column[$k] = k; next }
    $column["taylorism"] < 0.5 {
      printf "%d %.6g %.6g %.6g %.6g %.6g %.6g %.6g\n", $1, $column["north_growth"], $column["north_unemployment"],
        $column["north_inflation"], $column["north_real_rate"], $column["north_profit_rate"],
        $column["wage_share[US]"], $column["involvement[US]"] }' "$work/growth.csv" | head -1
}
leading() { awk -F, -v p="$1" 'NR > 1 && $1 == p && ($3 > 1e-6 || $3 < -1e-6) { printf "%.4g", $3; exit }' "$work/eigenvalues.csv"; }

row() { # towards step scenario settings...
  towards=$1 step=$2 scenario=$3
  shift 3
  for set in $equals "$@"; do printf -- '--set %s ' "$set"; done > "$work/sets"
  # shellcheck disable=SC2046
  $REGIME steady crisis --growth --scenario "$scenario" $(cat "$work/sets") --quiet --out "$work" || return 0
  path=$(read_path)
  [ -n "$path" ] || return 0
  echo "$step,$towards,$(echo "${path#* }" | tr ' ' ,),$(leading "${path%% *}")"
}

echo "step,towards,growth,unemployment,inflation,real_rate,profit_rate,wage_share_US,involvement,leading"
for step in 0 1 2 3 4 5 6 7 8; do
  row kalmarian $step all_fordist adoption_year=1976 "involvement_offered=$(between 0 0.9 $step)" "collective=$(between 0 1 $step)" \
    "indexation=$(between 1 0.95 $step)" "phillips_slope=$(between 1 0.9 $step)"
done
for step in 0 1 2 3 4 5 6 7 8; do
  row neotaylorist $step all_fordist adoption_year=1976 "rigidity=$(between 0.9 0.15 $step)" "share_of_gains=$(between 1 0.65 $step)" \
    "indexation=$(between 1 0.75 $step)" "phillips_slope=$(between 1 1.8 $step)"
done
