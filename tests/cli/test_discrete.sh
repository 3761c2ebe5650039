#!/bin/sh
# Models in periods, simultaneous blocks, and flows followed as maps.
. "$SOURCE/tests/support/cli.sh"

cat >sim.cfg <<'MODEL'
model = { name = "sim"; time = "discrete"; };
span = { from = 0.0; to = 10.0; };
equations = "
  init H = 0
  Y = C + 20
  C = 0.6*(Y - T) + 0.4*H(-1)
  T = 0.2*Y
  H = H(-1) + Y - T - C
";
MODEL
answers 0 check sim.cfg; says out "blocks"; says out "3: "
answers 0 check sim.cfg --json
document "d['states'] == 1 and len(d['blocks']) == 1 and d['time'] == 'discrete'"
answers 0 show sim.cfg --graph; says out "subgraph cluster_1"; says out '"H" -> "C"'
answers 0 show sim.cfg --derivatives; says out "d(C)/d(H(-1)) = 0.4"
answers 0 run sim.cfg --out sim --to 3; exists sim/scalars.csv
[ "$(sed -n 2p sim/scalars.csv | cut -d, -f1-2)" = "0,NA" ] || fail "the start of Y is open"
sed -n 3p sim/scalars.csv | grep -q "^1,38.4615384615384" || fail "the first period of SIM"
answers 0 rerun sim; says out "identical"

# A block that loses its solution: the path up to there, the reason, and where the search ended.
cat >lost.cfg <<'MODEL'
model = { name = "lost"; time = "discrete"; };
span = { from = 0.0; to = 20.0; };
equations = "
  init a = 4
  a = a(-1) - 1
  x = a - y^2
  y = x
";
MODEL
answers 4 run lost.cfg --out lost
says err "lost.cfg:6:3: error: no solution of the block of 2 equations around"
exists lost/last-iterate.csv lost/scalars.csv lost/manifest.json
head -1 lost/last-iterate.csv | grep -q "unknown,value,residual" || fail "the last iterate has its columns"
says out "no solution"

# A flow as a map.
goodwin >goodwin.cfg
answers 0 run goodwin.cfg --out flow --to 10 --precise
answers 0 run goodwin.cfg --out twin --to 10 --as discrete --step 0.01 --rule midpoint
answers 0 rerun twin; says out "identical"
python3 - <<'PYTHON' || fail "the midpoint stays by the path"
last = [open(f + "/scalars.csv").read().split()[-1].split(",") for f in ("flow", "twin")]
assert all(abs(float(a) - float(b)) < 1e-6 for a, b in zip(*last)), last
PYTHON
answers 2 run goodwin.cfg --as discrete; says err "belong together"
answers 2 run goodwin.cfg --step 0.1; says err "belong together"
answers 2 run sim.cfg --as discrete --step 0.1; says err "in discrete time already"

# A step whose midpoint does not exist is one without solution: k = (1 + k/2)^2 has none.
cat >blowup.cfg <<'MODEL'
model = { name = "blowup"; time = "continuous"; };
equations = "
  init x = 1
  x' = x^2
";
MODEL
answers 4 run blowup.cfg --out blowup --as discrete --step 1 --rule midpoint --to 3
says out "no solution"; says err "the implicit midpoint of the step from t = 0 has no solution near by"
[ ! -e blowup/last-iterate.csv ] || fail "the rates of a twin are no unknowns"
