#!/bin/sh
# regime sensitivity: elasticities, effects and indices against known results, their files, and wrong questions.
. "$SOURCE/tests/support/cli.sh"

# Solow in closed form: capital over output x = s/b + (x0 - s/b)*exp(-(1 - a)*b*t), b = n + g + delta.
answers 0 sensitivity solow --json --rtol 1e-11 --atol 1e-13 --of "k, at(k, 50), mean(ratio,0,1)" --out solow; silent err
cat >solow.py <<'PYTHON'
import json, math
d = json.load(open(".out"))
rows = {(r["of"], r["parameter"]): r for r in d["elasticities"]}
s, a, b = .2, 1/3, .08
for of, t in (("at(k,50)", 50), ("k", 200)):
    e = math.exp(-(1 - a)*b*t)
    x = s/b + (1 - s/b)*e
    assert abs(rows[of, "s"]["effect"] - s/b*(1 - e)/x/(1 - a)) < 1e-8
    assert abs(rows[of, "k0"]["effect"] - e/x) < 1e-8
    assert abs(rows[of, "s"]["value"] - x**(1/(1 - a))) < 1e-8
assert all(r["measure"] == "dlog y/dlog p" for r in d["elasticities"])
assert d["model"] == "solow" and d["scenario"] == "baseline" and d["runs"] == 1
sizes = [abs(r["effect"]) for r in d["elasticities"] if r["of"] == "k"]
assert sizes == sorted(sizes, reverse=True)
PYTHON
python3 solow.py || fail "Solow's elasticities"
exists solow/elasticities.csv solow/manifest.json
grep -q '^of,parameter,measure,effect,derivative,value,at' solow/elasticities.csv || fail "the head of elasticities.csv"
answers 0 rerun solow; says out identical

# The default: variables without index at the end, and dates of events; in years, not in shares of years.
answers 0 sensitivity kaldor_cycle; says out "date(upswing)"; says out "dy/dlog p"; says out "files in out/kaldor_cycle-sensitivity"
answers 0 sensitivity kaldor_cycle --quiet; silent out

# A line in three parameters: its slopes over the ranges.
cat >line.cfg <<'MODEL'
model = { name = "line"; time = "continuous"; };
span = { from = 0.0; to = 1.0; output = 1.0; };
parameters = { a = { value = 1.0; bounds = [0.0, 1.0]; }; b = { value = 1.0; bounds = [0.0, 2.0]; }; c = 0.0; };
equations = "
  init x = 0
  x' = 2*a - 3*b + c
";
MODEL
answers 0 sensitivity line.cfg --morris 5 --json --out line
document "[(r['parameter'], round(r['mu_star'], 9), round(r['mu'], 9)) for r in d['effects']] == [('b', 6, -6), ('a', 2, 2)]"
document "d['runs'] == 15 and d['lost'] == [] and [f['distribution'] for f in d['factors']] == ['uniform', 'uniform']"
exists line/effects.csv line/outputs.csv line/factors.csv line/lost.csv
answers 0 sensitivity line.cfg --sobol 512 --json --out line
document "all(abs(r['total'] - e) < .02 and abs(r['first'] - e) < .02 for r, e in zip(d['indices'], [.9, .1]))"
[ ! -e line/effects.csv ] || fail "effects.csv is of an older answer"
answers 0 sensitivity line.cfg --sobol 64 --vary c=-1:1 --vary a --json
document "sorted(r['parameter'] for r in d['indices']) == ['a', 'c']"

# Threads and the seed.
answers 0 sensitivity goodwin --morris 4 --seed 2 --out one
answers 0 sensitivity goodwin --morris 4 --seed 2 --threads 3 --out three
cmp -s one/effects.csv three/effects.csv || fail "three threads have another answer than one"
answers 0 sensitivity goodwin --morris 4 --seed 3 --out three
cmp -s one/effects.csv three/effects.csv && fail "another seed has the same answer"
answers 0 rerun one; says out identical

# Figures.
if command -v gnuplot >/dev/null; then
  answers 0 sensitivity line.cfg --sobol 64 --plot --out drawn; silent err
  exists drawn/plots/tornado-1.png drawn/plots/tornado-1.csv drawn/plots/tornado-1.gp
  answers 0 sensitivity solow --of "k,growth" --format svg --out drawn; silent err
  exists drawn/plots/tornado-1.svg drawn/plots/tornado-2.svg
fi

# Runs that do not reach their end.
cat >explosive.cfg <<'MODEL'
model = { name = "explosive"; time = "continuous"; };
span = { from = 0.0; to = 1.0; output = 0.1; };
parameters = { a = { value = 0.5; bounds = [0.0, 1.5]; }; };
equations = "
  init x = a
  x' = x^2
";
MODEL
answers 0 sensitivity explosive.cfg --morris 8 --out lost; says err "do not reach their end and are left out"
grep -q '^[0-9]*,diverged,' lost/lost.csv || fail "lost.csv does not name what diverged"
answers 4 sensitivity explosive.cfg --set a=1.2; says err "does not reach its end: diverged"
answers 4 sensitivity explosive.cfg --morris 3 --vary a=1.2:1.4; says err "none of 6 runs reaches its end"

# Wrong questions, and what to do instead.
answers 2 sensitivity solow --of kk; says err "no variable \`kk\`"
answers 2 sensitivity solow --of "lst(k)"; says err 'did you mean `last`?'
answers 2 sensitivity solow --of "mean(k, 100, 300)"; says err "100 to 300 lies outside the span, 0 to 200"
answers 2 sensitivity solow --vary deltta; says err 'did you mean `delta`?'
answers 2 sensitivity solow --vary s=0.1; says err '`--vary` needs NAME or NAME=LO:HI with two numbers, not `s=0.1`'
answers 2 sensitivity solow --vary s=-1:2; says err "its bounds are 0 and 1"
answers 2 sensitivity line.cfg --morris 5 --vary c; says err '`c` has neither bounds nor a prior'; says err '`--vary c=0:1`'
answers 2 sensitivity solow --morris 5 --sobol 5; says err "ask for one of them"
answers 2 sensitivity solow --morris 1; says err '`--morris` needs at least two'
answers 2 sensitivity race_to_the_bottom --scenario holt; says err 'did you mean `hold`?'
