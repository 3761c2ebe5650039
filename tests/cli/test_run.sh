#!/bin/sh
# One path: its files, its answers, its exit codes.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg

# Files where they should be, whole, and nothing beside them.
answers 0 run goodwin.cfg
says out "reached end"; says out "out/goodwin-baseline"; silent err
exists out/goodwin-baseline/scalars.csv out/goodwin-baseline/manifest.json out/goodwin-baseline/events.csv
[ "$(head -1 out/goodwin-baseline/scalars.csv)" = "time,v,u,profit_rate" ] || fail "head of scalars.csv"
[ "$(wc -l <out/goodwin-baseline/scalars.csv)" -eq 42 ] || fail "rows of scalars.csv"
[ -z "$(find out -name '*unfinished*')" ] || fail "a draft was left"

# JSON: one document of the fixed shape, numbers at full precision.
answers 0 run goodwin.cfg --json --out a; silent err
document "set(d) == {'model','scenario','outcome','time','final','events','phases','identities','counters'}"
document "d['outcome'] == 'reached end' and d['time'] == 20 and set(d['final']) == {'v','u','profit_rate'}"
last=$(tail -1 a/scalars.csv | cut -d, -f2)
document "d['final']['v'] == $last"

# Settings, scenarios, span.
answers 0 run goodwin.cfg --scenario steep --out steep
answers 0 run goodwin.cfg --set rho=0.1 --out set
cmp -s steep/scalars.csv set/scalars.csv || fail "a scenario and the same setting differ"
cmp -s a/scalars.csv set/scalars.csv && fail "a setting changes nothing"
answers 0 run goodwin.cfg --from 5 --to 7 --output 1 --out span
[ "$(cut -d, -f1 span/scalars.csv | tr '\n' ' ')" = "time 5 6 7 " ] || fail "the span is not as asked"
answers 2 run goodwin.cfg --scenario stepe; says err "did you mean \`steep\`?"
answers 2 run goodwin.cfg --set roh=1; says err "did you mean \`rho\`?"
answers 2 run goodwin.cfg --from 7 --to 5; says err "the end of the path is 5"; says err "here at 7"
answers 2 run goodwin.cfg --output 1e-9; says err "distance of recorded points is 1e-09"
answers 2 run goodwin.cfg --plto; says err "did you mean \`--plot\`?"
answers 2 run goodwin.cfg --bogus; says err "lists its options"

# Method, solver, tolerances: other ways to the same path.
for way in "--method adams" "--linear sparse" "--linear dense" "--precise" "--rtol 1e-10 --atol 1e-12"; do
  answers 0 run goodwin.cfg $way --out way --json
  document "abs(d['final']['v'] - $last) < 1e-6"
done

# Quiet is quiet; no colour without a terminal.
answers 0 run goodwin.cfg --quiet; silent out; silent err
answers 0 run goodwin.cfg
grep -q "$(printf '\033')" "$work/.out" && fail "colour without a terminal"

# A folder that cannot be made.
echo file >blocked
answers 5 run goodwin.cfg --out blocked/deep; says err "blocked"

# The table of the manifest.
python3 - <<'PYTHON' || fail "the manifest is not what it should be"
import hashlib, json
m = json.load(open("set/manifest.json"))
text = open("goodwin.cfg").read()
assert m["model"] == "goodwin" and m["files"][0]["text"] == text
assert m["files"][0]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
assert m["parameters"]["rho"] == 0.1 and m["settings"] == [{"name": "rho", "value": 0.1}]
assert m["tolerances"] == {"rtol": 1e-8, "atol": 1e-10} and m["counters"]["steps"] > 0 and m["wall_s"] >= 0
assert "scalars.csv" in m["results"] and m["command"][:2] == ["regime", "run"]
PYTHON

# A folder holds one run: the tables of the run before go with its manifest.
cat >world.cfg <<'CFG'
model = { name = "world"; time = "continuous"; };
sets = { country = { members = ["US", "GB"]; index = ["i"]; }; };
equations = "
  init Y[i] = 1
  Y[i]' = 0.02*Y[i]
";
CFG
answers 0 run world.cfg --out one
exists one/country.csv
answers 0 run goodwin.cfg --out one
[ ! -e one/country.csv ] || fail "a table of the run before was left"
