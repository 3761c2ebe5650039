#!/bin/sh
# The committed figures of the shelf: gnuplot alone draws each; the command in its first line still makes the same script
# and, to 1e-6 of each column, the same data; and its README speaks of it.
. "$SOURCE/tests/support/cli.sh"
command -v gnuplot >/dev/null || exit 77

mkdir -p tree/models && cp -r "$SOURCE/plots" tree/plots && cp -r "$SOURCE/models/textbook" tree/models/textbook
: >.out
: >.err

same_data() {
  python3 - "$1" "$2" <<'PYTHON'
import csv, sys
old, new = (list(csv.reader(open(name))) for name in sys.argv[1:])
def number(text):
    try:
        return float(text)
    except ValueError:
        return None
if len(old) != len(new) or old[0] != new[0]:
    sys.exit(f"{len(old)} rows under {old[0]}, now {len(new)} under {new[0]}")
sizes = [max([abs(number(row[c]) or 0.0) for row in old[1:]] + [1e-300]) for c in range(len(old[0]))]
for line, (before, now) in enumerate(zip(old, new), 1):
    for c, (a, b) in enumerate(zip(before, now)):
        x, y = number(a), number(b)
        if (a != b) if x is None or y is None else not (x == y or abs(x - y) <= 1e-6 * sizes[c]):
            sys.exit(f"line {line}, {old[0][c]}: {a}, now {b}")
PYTHON
}

count=0
for script in tree/models/textbook/*/figures/*.gp; do
  folder=$(dirname "$script")
  name=$(basename "$script" .gp)
  model=$(basename "$(dirname "$folder")")
  (cd "$folder" && gnuplot "$name.gp") >said 2>&1 || fail "$model, $name: gnuplot stopped: $(cat said)"
  [ ! -s said ] || fail "$model, $name: gnuplot remarked: $(cat said)"
  [ "$(stat -c %s "$folder/$name.png")" -gt 8000 ] || fail "$model, $name: an empty picture"
  grep -q "figures/$name.gp" "$SOURCE/models/textbook/$model/README.md" || fail "the README of $model does not speak of $name"
  mkdir -p "again/$model"
  REGIME=$REGIME "$SOURCE/models/figures.sh" --into "again/$model" "$script" >said 2>&1 || fail "$model, $name: cannot be made anew: $(cat said)"
  cmp "$script" "again/$model/$name.gp" >said || fail "$model, $name: the script is another now: $(diff "$script" "again/$model/$name.gp")"
  same_data "$folder/$name.csv" "again/$model/$name.csv" >said 2>&1 || fail "$model, $name: the data are others now: $(cat said)"
  count=$((count + 1))
done
[ "$count" -ge 25 ] || fail "only $count figures on the shelf"

# The judge itself can fail: a digit, a row.
sed '5s/[0-9]/7/g' tree/models/textbook/kaldor_cycle/figures/birth.csv >spoilt.csv
same_data tree/models/textbook/kaldor_cycle/figures/birth.csv spoilt.csv >said 2>&1 && fail "another number passes"
sed 5d tree/models/textbook/kaldor_cycle/figures/birth.csv >spoilt.csv
same_data tree/models/textbook/kaldor_cycle/figures/birth.csv spoilt.csv >said 2>&1 && fail "a missing row passes"

# What has no command is refused, and how it should look is said.
echo "kind = 'portrait'" >none.gp
"$SOURCE/models/figures.sh" none.gp >said 2>&1 && fail "a figure without a command is made"
grep -q "the first line should be" said || fail "what the first line should be is not said"
echo "$count figures drawn, and made anew"
