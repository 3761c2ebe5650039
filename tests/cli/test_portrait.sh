#!/bin/sh
# regime portrait: what a portrait holds, its figure, basins, and wrong questions.
. "$SOURCE/tests/support/cli.sh"

# Goodwin: a centre and a saddle whose manifolds are the axes.
answers 0 portrait goodwin --x u --y v --json --out goodwin
document "d['x'] == 'u' and d['y'] == 'v' and sorted(e['type'] for e in d['equilibria']) == ['centre', 'saddle']"
document "len(d['manifolds']) == 4 and d['cycles'] == []"
exists goodwin/field.csv goodwin/nullclines.csv goodwin/trajectories.csv goodwin/manifolds.csv goodwin/equilibria.csv goodwin/plots/portrait.gp goodwin/plots/portrait.csv
grep -q '^nullcline,state,point,u,v$' goodwin/nullclines.csv || fail "the head of nullclines.csv"
python3 - <<'PYTHON' || fail "Goodwin's nullclines are v = 5/7 and u = 0.84, and the axes"
import csv, sys
rows = list(csv.DictReader(open("goodwin/nullclines.csv")))
off = [min(abs(float(r["v"]) - 5/7), abs(float(r["u"]))) if r["state"] == "u" else min(abs(float(r["u"]) - .84), abs(float(r["v"]))) for r in rows]
sys.exit(0 if rows and max(off) < 1e-9 else 1)
PYTHON
answers 0 rerun goodwin; says out identical
if command -v gnuplot >/dev/null; then
  exists goodwin/plots/portrait.png
  answers 0 portrait goodwin --format svg --out svg; exists svg/plots/portrait.svg; says out "1 figure in svg/plots"
fi

# The model says which plane; two states need no saying.
answers 0 portrait goodwin --json; document "d['x'] == 'u'"
answers 0 portrait kaldor_cycle --json; document "len(d['cycles']) == 1 and d['cycles'][0]['stable'] and 10 < d['cycles'][0]['period'] < 13"

# A given start, other states held, and where each start ends.
cat >valley.cfg <<'MODEL'
model = { name = "valley"; time = "continuous"; };
equations = "
  init x = 0.5
  init y = 0
  x' = x - x^3
  y' = -y
";
variables = { x = { bounds = [-2.0, 2.0]; }; y = { bounds = [-1.0, 1.0]; }; };
MODEL
answers 0 portrait valley.cfg --start 0.5,0.5 --start -0.5,0.5 --basins 20 --json --out valley
document "[e['type'] for e in d['equilibria']] == ['stable node', 'saddle', 'stable node']"
document "len(d['basins']) == 2 and all(b['kind'] == 'equilibrium' and abs(b['share'] - .5) < 1e-9 and abs(abs(b['state']['x']) - 1) < 1e-6 for b in d['basins'])"
python3 - <<'PYTHON' || fail "the given starts go to equilibria 3 and 1"
import csv, sys
given = {(r["trajectory"], r["to"]) for r in csv.DictReader(open("valley/trajectories.csv")) if float(r["given"])}
sys.exit(0 if sorted(to for _, to in given) == ["equilibrium 1", "equilibrium 3"] else 1)
PYTHON
exists valley/basins.csv valley/basin_attractors.csv
answers 0 portrait keen --x w --y l --hold d=0.07; says out "with the other states held"
answers 0 portrait keen --x w --y l --quasi; says out "with the other states where they rest"

# Wrong questions, and what to do instead.
cat >one.cfg <<'MODEL'
model = { name = "one"; time = "continuous"; };
equations = "
  init x = 1
  x' = -x
";
MODEL
answers 2 portrait one.cfg; says err '`one` has one state, and a portrait shows two'; says err '`regime steady`'
answers 2 portrait keen; says err '`keen` has 3 states, and a portrait must be told which two it shows'
answers 2 portrait goodwin --x u --y profit_rate; says err '`profit_rate` follows from the states'; says err 'its states are `v`, `u`'
answers 2 portrait goodwin --x u --y w; says err 'there is none called `w`'
answers 2 portrait goodwin --x u --y u; says err "cannot show \`u\` against itself"
answers 2 portrait goodwin --start 3; says err '`--start` needs X,Y with two numbers, not `3`'
answers 2 portrait keen --x w --y l --hold x=1; says err 'what is held must be a state'

# Ctrl-C: what there is is written, without a manifest, and the exit code says that it is a part.
"$REGIME" portrait kaldor_cycle --basins 2000 --out long >"$work/.out" 2>"$work/.err" &
child=$!
sleep 1
kill -INT "$child" 2>/dev/null || fail "the portrait did not last long enough to be interrupted"
wait "$child"
code=$?
[ "$code" -eq 1 ] || fail "an interrupted portrait exits with $code, not 1"
says err '`regime portrait` was interrupted'
exists long/basins.csv
[ ! -e long/manifest.json ] || fail "half an answer has a manifest"
[ -z "$(find long -name '*unfinished*')" ] || fail "a draft was left"
