#!/bin/bash
# The scripts of plots/ draw by themselves: every kind from a head and its data, in every format, and from the
# folder of a run; and they say what is missing. Needs gnuplot alone. SOURCE is the root of the sources.
set -uo pipefail
plots=${SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}/plots
folder=$(mktemp -d) && cd "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# A time, then as many columns as asked for: waves out of step, the first with a gap.
waves() {
  awk -v columns="$1" 'BEGIN {
    printf "time"; for (c = 1; c <= columns; c++) printf ",c%d", c; print ""
    for (k = 0; k <= 80; k++) {
      printf "%g", 1960 + k/4
      for (c = 1; c <= columns; c++) if (c == 1 && k > 20 && k < 30) printf ",NA"; else printf ",%.17g", 3*c + sin(k/8 + c)
      print ""
    }
  }'
}

# figure KIND SCRIPT COLUMNS HEAD: puts a figure together as `regime run --plot` does.
figure() {
  waves "$3" >"$1.csv"
  {
    echo "kind = '$1'"
    echo "name = '$1'"
    echo "$4"
    cat "$plots/style.gp" "$plots/$2.gp"
  } >"$1.gp"
}

bytes() { stat -c %s "$1" 2>/dev/null || echo 0; }

# Draws a figure in one format, and again without a single value: the lines must show, and gnuplot has no remark.
draws() {
  gnuplot -e "format='$2'" "$1.gp" >said 2>&1 || fail "$1 as $2: gnuplot stopped: $(cat said)"
  [ -s said ] && fail "$1 as $2: gnuplot remarked: $(cat said)"
  sed "s/^name = .*/name = 'empty'/" "$1.gp" >empty.gp
  awk -F, 'NR > 1 { for (c = 2; c <= NF; c++) $c = "NA" } { print }' OFS=, "$1.csv" >empty.csv
  gnuplot -e "format='$2'" empty.gp >said 2>&1 || fail "$1 as $2 without values: gnuplot stopped: $(cat said)"
  [ "$(bytes "$1.$2")" -gt "$(($(bytes "empty.$2") + 300))" ] || fail "$1 as $2: no picture, or an empty one"
}

# The texts a figure must carry, read from its SVG.
carries() {
  local kind=$1
  shift
  for words in "$@"; do grep -qF ">$words<" "$kind.svg" || fail "$kind: does not show '$words'"; done
}

# A script on the folder of a run, with the given assignments.
draws_run() {
  gnuplot -e "run='run'; name='alone'; $2" "$plots/$1.gp" >said 2>&1 || fail "$1 on a run: $(cat said)"
  [ -s said ] && fail "$1 on a run: gnuplot remarked: $(cat said)"
  [ "$(bytes alone.png)" -gt 20000 ] || fail "$1 on a run: no picture, or an empty one"
  rm -f alone.png
}

# What must be told: a status that is not zero, and the words.
refuses() {
  local words=$1
  shift
  "$@" >said 2>&1 && fail "$*: ended well"
  grep -q "$words" said || fail "$*: should say '$words', said: $(cat said)"
}

phases="array phase_names[3] = ['golden age', 'crisis', 'golden age']
array phase_from[3] = [1960, 1970, 1975]
array phase_to[3] = [1970, 1975, 1980]
array event_names[2] = ['turn', 'rescue']
array event_times[2] = [1970, 1970.5]"
# The backquotes must reach the page as they are.
# shellcheck disable=SC1112,SC2016
share='the workers’ `share`'
titles="array titles[4] = ['United States', 'the workers'' \`share\`', 'under_score', 'Å']"

figure panel panel 4 "$titles
$phases
label = 'unemployment'
unit = '%'
time_label = 'year'
facts = 'panel-facts.csv'"
echo 'variable,member,from,to,value
unemployment,c1,1961,1969,3.5
unemployment,c4,1970,1974,12' >panel-facts.csv
figure groups groups 4 "$titles
$phases
array group[4] = [1, 1, 2, 2]
array group_titles[2] = ['surplus', 'deficit']"
figure aggregates time 4 "$titles
$phases
array units[4] = ['% a year', '', '%', '%']"
figure time time 2 "title = 'Two variables'"
figure plane plane 4 "array titles[2] = ['US', 'JP']
xlabel = 'employment'
ylabel = 'wage share'"
for kind in panel groups aggregates time plane; do
  for format in png svg pdf; do draws "$kind" "$format"; done
done
carries panel 'United States' "$share" 'under_score' 'Unemployment (%)' 'golden age' 'year' '1980'
carries groups 'surplus: mean and members' 'crisis' 'turn' 'rescue' 'Å'
carries aggregates 'under_score (%)' 'turn'
carries time 'Two variables' 'c1' 'c2'
carries plane 'US' 'JP' 'Employment' 'Wage share' '1960'

# ---- figures of analyses: a head, and a table in parts ----

# analysis KIND HEAD: puts it together; the table is on standard input.
analysis() {
  cat >"$1.csv"
  {
    echo "kind = '$1'"
    echo "name = '$1'"
    echo "$2"
    cat "$plots/style.gp" "$plots/$1.gp"
  } >"$1.gp"
}

# In every format, without remark, and no emptier than a page with its axes.
draws_analysis() {
  for format in png svg pdf; do
    rm -f "$1.$format"
    gnuplot -e "format='$format'" "$1.gp" >said 2>&1 || fail "$1 as $format: gnuplot stopped: $(cat said)"
    [ -s said ] && fail "$1 as $format: gnuplot remarked: $(cat said)"
    [ "$(bytes "$1.$format")" -gt 4000 ] || fail "$1 as $format: no picture, or an empty one"
  done
  gnuplot -e "name='$1'; ${2-}" "$plots/$1.gp" >said 2>&1 || fail "$1 by itself: $(cat said)"
}

awk 'BEGIN {
  print "number,part,x,y,dx,dy,kind"
  for (k = 0; k < 100; k++) {
    x = -1.8 + 0.4*(k % 10); y = -1.8 + 0.4*int(k/10)
    printf "%d,field,%g,%g,%.17g,%.17g,NA\n", k, x, y, y, -x
    printf "%d,basin,%g,%g,NA,NA,NA\n", (x > 0) + (y > 0), x, y
  }
  for (k = 0; k <= 60; k++) {
    t = k*3.14159265358979/30
    printf "1,cycle,%.17g,%.17g,NA,NA,stable\n", cos(t), -sin(t)
    printf "2,cycle,%.17g,%.17g,NA,NA,unstable\n", 1.5*cos(t), -1.5*sin(t)
    printf "1,trajectory,%.17g,%.17g,NA,NA,NA\n", 0.5*cos(t), -0.5*sin(t)
    printf "1,x_nullcline,%.17g,0,NA,NA,NA\n", -2 + k/15
    printf "1,y_nullcline,0,%.17g,NA,NA,NA\n", -2 + k/15
    printf "1,stable_manifold,%.17g,%.17g,NA,NA,NA\n", k/60, k/60
    printf "1,unstable_manifold,%.17g,%.17g,NA,NA,NA\n", k/60, -k/60
    printf "1,bounded,%.17g,%.17g,NA,NA,NA\n", -k/60, -k/60
  }
  n = split("stable focus,stable node,saddle,unstable focus,unstable node,centre,saddle focus,non-hyperbolic", kinds, ",")
  for (k = 1; k <= n; k++) printf "%d,equilibrium,%g,0.1,NA,NA,%s\n", k, k/5 - 1, kinds[k]
}' | analysis portrait "xlabel = 'wage share'
ylabel = 'employment'
yunit = '%'
array basin_names[2] = ['to the boom', 'to the slump']"
awk 'BEGIN {
  print "number,part,x,y,stable,period,name"
  for (k = 0; k <= 40; k++) {
    p = k/40
    printf "1,branch,%.17g,0,%d,NA,NA\n", 2*p - 1, (p < 0.5)
    printf "2,branch,%.17g,%.17g,1,NA,NA\n", p, sqrt(p)
    printf "1,cycle_low,%.17g,%.17g,%d,6.3,NA\n", p, -sqrt(p), (p > 0.5)
    printf "1,cycle_high,%.17g,%.17g,%d,6.3,NA\n", p, 1 + sqrt(p), (p > 0.5)
  }
  print "1,special,0,0,NA,NA,pitchfork"
}' | analysis branch "xlabel = 'speed of adjustment'"
awk 'BEGIN {
  print "number,part,parameter,re,im"
  for (k = 0; k <= 40; k++) for (s = -1; s <= 1; s += 2) printf "1,eigenvalue,%g,%g,%g\n", k/40, k/40 - 0.5, s*0.8
}' | analysis eigenvalues "xlabel = 'speed of adjustment'"
awk 'BEGIN { print "parameter,value"; for (k = 0; k < 3000; k++) print k/3000 "," k*k % 97 }' |
  analysis attractor "ylabel = 'income'"
awk 'BEGIN {
  print "number,part,x,y,kind,period,name"
  for (k = -20; k <= 20; k++) printf "1,curve,%g,%g,fold,NA,NA\n2,curve,%g,1,hopf,NA,NA\n", k^3/8000, k^2/400, k/20
  print "1,special,0,0,NA,NA,cusp"
}' | sort -t, -s -k1,1r | analysis curves "xlabel = 'speed of adjustment'"
awk 'BEGIN {
  print "number,part,x,y,stable,slope,name"
  for (k = 0; k <= 40; k++) printf "1,line,%g,%g,NA,NA,productivity regime\n2,line,%g,%g,NA,NA,demand regime\n", k, 1 + k/4, k, 9 - k/2
  print "1,crossing,10.67,3.67,1,NA,boom"
  print "2,crossing,20,5,0,NA,slump"
}' | analysis lines "xlabel = 'growth of demand'"
draws_analysis portrait "xlabel='u'"
draws_analysis branch
draws_analysis eigenvalues "is_map=1"
draws_analysis attractor
draws_analysis curves
draws_analysis lines
for kind in portrait branch eigenvalues curves lines; do gnuplot -e "format='svg'" $kind.gp; done
carries portrait 'wage share at rest' 'stable cycle' 'unstable cycle' 'saddle focus' 'non-hyperbolic' 'to the slump' \
  'none of these' 'Employment (%)' 'stable manifold'
carries branch 'pitchfork' 'stable equilibrium' 'Speed of adjustment' 'unstable cycle'
carries eigenvalues 'Imaginary part' 'Speed of adjustment'
carries curves 'fold' 'Hopf' 'cusp'
carries lines 'slope 0.25' 'slope −0.5' 'boom' 'slump' 'Growth of demand'

# Variables that never move, at nought and below.
figure still time 2 "stacked = 1"
awk 'BEGIN { print "time,a,b"; for (k = 0; k < 20; k++) print k ",0,-3" }' >still.csv
gnuplot still.gp >said 2>&1 || fail "still: $(cat said)"
[ -s said ] && fail "still: gnuplot remarked: $(cat said)"

mkdir run
waves 3 >run/scalars.csv
awk 'BEGIN {
  print "time,country,u,v"
  for (k = 0; k <= 80; k++) for (c = 1; c <= 3; c++)
    printf "%g,C%d,%.17g,%.17g\n", k, c, c + sin(k/8), cos(k/8 + c)
}' >run/country.csv
printf 'name,from,to\n"boom, then bust",1960,1970\n' >run/phases.csv
printf 'name,time\n' >run/events.csv
draws_run panel "variable='u'"
draws_run groups "variable='u'; group1='C1'; group2='C2 C3'"
draws_run time "variables='c1 c3'"
draws_run plane "x_variable='c2'; y_variable='c3'"
draws_run plane "over='country'; x_variable='u'; y_variable='v'"

refuses "which portrait" gnuplot "$plots/portrait.gp"
refuses "no file 'nothing.csv'" gnuplot -e "name='nothing'" "$plots/branch.gp"
cp attractor.csv none.csv
refuses "no lines in 'none.csv'" gnuplot -e "name='none'" "$plots/lines.gp"
rm panel.csv
refuses "no file 'panel.csv'" gnuplot panel.gp
refuses "folder of a run" gnuplot -e "run='nowhere'; variable='u'" "$plots/panel.gp"
refuses "which variable" gnuplot "$plots/panel.gp"
refuses "take png, pdf or svg" gnuplot -e "format='gif'" time.gp
echo 'time,c1' >time.csv
refuses "'time.csv' has no rows" gnuplot time.gp
rm panel-facts.csv && waves 4 >panel.csv
refuses "panel-facts.csv" gnuplot panel.gp

[ "$failures" -eq 0 ] && echo "every kind draws, in every format" || exit 1
