#!/bin/sh
# figures.sh — makes the committed figures of the shelf anew, each by the command in its first line.
#
#   models/figures.sh models/textbook/*/figures/*.gp             writes NAME.gp and NAME.csv where they are
#   models/figures.sh --into FOLDER models/textbook/goodwin/figures/*.gp
#
# A new figure is a file with the first line alone,
#   # portrait of: regime portrait goodwin --start 0.8,0.8
# where the first word is the script the command writes: portrait, branch, curves, attractors, or a name of the model's.
# A title in the file stays as it is, and so do basin_names. Of curves that are found point next to point every fifth is kept, of attractors
# every seventh, and of numbers nine digits.
# REGIME is the command, `regime` by default.
set -eu

regime=${REGIME:-regime}
into=
if [ "${1-}" = --into ]; then
  into=$2
  shift 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The command as it is written in the first line, run into the folder of drafts.
run() {
  eval "set -- $2"
  rm -rf "$work/out"
  plot=--plot
  [ "$1" = portrait ] && plot=--quiet
  "$regime" "$@" "$plot" --quiet --format svg --out "$work/out" >/dev/null
}

# The head the command wrote, up to the style, under the figure's own name and title.
head_of() {
  sed -n '/^# style.gp/q; /^kind = /,$p' "$1" | sed "s/^name = .*/name = '$2'/" | awk -v title="$3" '
    /^title = / && title != "" { print title; next } 1 { print }' | sed '/^$/d; /^array basin_names/d'
}

thin() {
  awk -F, -v OFS=, '
    function tidy(v) { return v ~ /^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$/ ? sprintf("%.9g", v) + 0 == 0 ? 0 : sprintf("%.9g", v) : v }
    function show(row,  c, n, cell) { n = split(row, cell, ","); for (c = 1; c <= n; c++) printf "%s%s", tidy(cell[c]), c < n ? "," : "\n" }
    function finish() { if (held != "") show(held); held = "" }
    NR == 1 { dots = $1 == "parameter"; print; next }
    dots { if (NR % 7 == 0) show($0); next }
    $2 == "orbit" && NR % 7 { next }
    { curve = $1 "," $2 }
    curve != last { finish(); last = curve; k = 0 }
    $2 !~ /^(trajectory|stable_manifold|unstable_manifold|x_nullcline|y_nullcline|bounded|bounded_path)$/ { show($0); next }
    { held = ""; if (k++ % 5 == 0) show($0); else held = $0 }
    END { finish() }' "$1"
}

for figure in "$@"; do
  name=$(basename "$figure" .gp)
  folder=${into:-$(dirname "$figure")}
  first=$(sed -n 1p "$figure")
  drawn=$(printf '%s\n' "$first" | sed -n 's/^# \([a-z_]*\) of: regime .*/\1/p')
  asked=$(printf '%s\n' "$first" | sed -n 's/^# [a-z_]* of: regime //p')
  if [ -z "$drawn" ]; then
    echo "$figure: the first line should be \`# portrait of: regime portrait MODEL ...\`" >&2
    exit 1
  fi
  title=$(sed -n '/^title = /p' "$figure")
  names=$(sed -n '/^array basin_names/p' "$figure" | tail -n 1)
  run "$name" "$asked"
  {
    printf '%s\n' "$first"
    printf '# Draw it in this folder: gnuplot %s.gp. What it shows is in ../README.md.\n' "$name"
    head_of "$work/out/plots/$drawn.gp" "$name" "$title"
    [ -z "$names" ] || printf '%s\n' "$names"
    kind=$(sed -n 's/^# \([a-z]*\)\.gp: .*/\1/p' "$work/out/plots/$drawn.gp" | sed -n 2p)
    printf "load '../../../../plots/style.gp'\nload '../../../../plots/%s.gp'\n" "$kind"
  } >"$work/figure.gp"
  thin "$work/out/plots/$drawn.csv" >"$folder/$name.csv"
  mv "$work/figure.gp" "$folder/$name.gp"
done
