# cli.sh — for tests of the command: a folder of their own, and judges.
#
#   . "$SOURCE/tests/support/cli.sh"
#   answers 3 check wrong.cfg         # runs $REGIME check wrong.cfg; its exit code must be 3
#   says out "no error found"         # standard output of that call holds the text
#   says err "did you mean"

set -u
unset REGIME_PATH
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  printf -- '--- standard output\n%s\n--- standard error\n%s\n' "$(head -c 2000 "$work/.out")" "$(head -c 2000 "$work/.err")" >&2
  exit 1
}

answers() {
  expected=$1
  shift
  "$REGIME" "$@" >"$work/.out" 2>"$work/.err"
  code=$?
  [ "$code" -eq "$expected" ] || fail "regime $* exits with $code, not $expected"
}

says() {
  grep -qF -e "$2" "$work/.$1" || fail "standard $1 does not hold: $2"
}

silent() {
  [ ! -s "$work/.$1" ] || fail "standard $1 is not empty"
}

# One JSON document on standard output, and nothing else: python reads it whole. The rest is an expression over `d`.
document() {
  python3 - "$work/.out" "$1" <<'PYTHON' || fail "not so in the JSON document: $1"
import json, math, sys
d = json.load(open(sys.argv[1]), parse_constant=lambda name: sys.exit("not JSON: " + name))
sys.exit(0 if eval(sys.argv[2]) else 1)
PYTHON
}

exists() {
  for file in "$@"; do [ -s "$file" ] || fail "$file is missing or empty"; done
}

goodwin() {
  cat <<'MODEL'
model = { name = "goodwin"; title = "Growth cycle"; source = "Goodwin (1967)"; time = "continuous"; unit = "year"; };
span  = { from = 0.0; to = 20.0; output = 0.5; };
parameters = { alpha = 0.02; beta = 0.02; gamma = 0.03; rho = 0.07; sigma = 4.0; };
equations = "
  init v = 0.8
  init u = 0.8
  v' = v*((1 - u)/sigma - (alpha + beta))     ## employment rate
  u' = u*(rho*v - (alpha + gamma))            ## wage share
  profit_rate = (1 - u)/sigma                 ## profit rate | 1/year
";
scenarios = { steep = { set = { rho = 0.1; }; }; };
MODEL
}
