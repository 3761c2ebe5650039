#!/bin/sh
# A run is reproduced bit for bit from its manifest, whatever became of its files.
. "$SOURCE/tests/support/cli.sh"

mkdir -p model/parts
(echo '@include "parts/head.cfg"'; goodwin | sed 1d) >model/goodwin.cfg
goodwin | sed -n 1p >model/parts/head.cfg
(echo 'paths = { p = { file = "data/p.csv"; time = "year"; column = "p"; }; };') >>model/goodwin.cfg
sed -i 's/alpha + beta))/alpha + beta) + 0*p)/' model/goodwin.cfg
mkdir model/data
printf 'year,p\n0,1\n10,2\n' >model/data/p.csv

answers 0 run model/goodwin.cfg --scenario steep --set gamma=0.031 --to 15 --rtol 1e-7 --out o
answers 0 rerun o; says out "identical"; silent err
answers 0 rerun o --json; document "d['identical'] is True"
answers 0 rerun o --quiet; silent out

# What the run said is not said again, and not of a file that is gone when it is read.
cat >leaves.cfg <<'MODEL'
model = { name = "leaves"; time = "continuous"; };
span = { from = 0.0; to = 10.0; };
equations = "
  init x = 1
  x' = -1 - 0.1*sqrt(x)
";
MODEL
answers 4 run leaves.cfg --out leaves; says err "leaves.cfg:"
answers 0 rerun leaves; says out "identical"; silent err

# The files may change, or go: the manifest has their text.
echo '# changed' >>model/parts/head.cfg
answers 0 rerun o; says out "identical"; says err "has changed since the run"
rm -r model
answers 0 rerun o; says out "identical"; silent err

# A number that differs is found.
cp -r o changed
awk -F, 'NR == 4 { $3 = "0.5" } { print }' OFS=, o/scalars.csv >changed/scalars.csv
answers 1 rerun changed; says err "scalars.csv"; says err "\`u\` at time 1 "; silent out
answers 1 rerun changed --json; document "d['identical'] is False and d['column'] == 'u' and d['row'] == 'time 1'"
cp o/scalars.csv changed/scalars.csv
echo '99,1,1,1' >>changed/scalars.csv
answers 1 rerun changed; says err "differs in its form"
rm changed/scalars.csv
answers 5 rerun changed

# What is no manifest.
answers 5 rerun nowhere; says err "no manifest.json"
mkdir bad
echo '{' >bad/manifest.json
answers 5 rerun bad; says err "not a manifest"
echo '{"files": [{"name": "../escape.cfg", "text": "x"}]}' >bad/manifest.json
answers 5 rerun bad
python3 - <<'PYTHON'
import json
m = json.load(open("o/manifest.json"))
m["files"][0]["name"] = "../../escape.cfg"
json.dump(m, open("bad/manifest.json", "w"))
PYTHON
answers 5 rerun bad; says err "no proper name"
[ ! -e ../escape.cfg ] || fail "a manifest wrote outside its folder"
