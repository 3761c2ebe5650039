#!/bin/sh
# Variables over sets: one table a set, one a pair of sets; facts beside the model; netCDF.
. "$SOURCE/tests/support/cli.sh"

cat >world.cfg <<'MODEL'
model = { name = "world"; time = "continuous"; unit = "year"; };
span  = { from = 0.0; to = 4.0; output = 1.0; };
sets  = { country = { members = ["US", "GB"]; index = ["i", "j"]; }; };
parameters = { growth = { over = "country"; values = { US = 1.0; GB = 2.0; }; }; };
equations = "
  init Y[i] = 1
  Y[i]' = growth[i]                ## output
  lead[i,j] = Y[i] - Y[j]
  world = sum(i, Y[i])
";
observations = { file = "facts.csv"; };
MODEL
printf 'variable,member,from,to,value,sd,source\nY,US,0,2,2.5,,x\nY,US,2,2,3,,x\nY,GB,1,3,4,,x\nworld,,4,4,14,,x\nworld,,4,9,1,,x\n' >facts.csv

answers 0 run world.cfg --out o --netcdf; says out "model against facts"; says out "GB"
[ "$(head -2 o/country.csv | tr '\n' ' ')" = "time,country,Y 0,US,1 " ] || fail "country.csv"
[ "$(sed -n 3p o/country_country.csv)" = "0,US,GB,0" ] || fail "country_country.csv"
[ "$(head -1 o/country_country.csv)" = "time,country,country_2,lead" ] || fail "head of country_country.csv"
exists o/world.nc o/scalars.csv o/facts.csv o/fit.csv

answers 0 run world.cfg --out o --json
document "[round(d['final'][name], 9) for name in ('Y[GB]', 'lead[GB,US]', 'world')] == [9, 4, 14]"
# Means over [from, to): US 2 against 2.5, US at 2 is 3, GB 5 against 4; about each member's mean.
python3 - <<'PYTHON' || fail "the fit is not what the facts say"
import csv, math
fit = {r["variable"]: r for r in csv.DictReader(open("o/fit.csv"))}
assert fit["Y"]["n"] == "3" and math.isclose(float(fit["Y"]["rms"]), math.sqrt((.25 + 0 + 1)/3), rel_tol=1e-6)
assert math.isclose(float(fit["Y"]["rms_about_mean"]), math.sqrt((.0625 + .0625)/3), rel_tol=1e-6)
assert fit["world"]["n"] == "1" and float(fit["world"]["rms"]) < 1e-6
facts = list(csv.DictReader(open("o/facts.csv")))
assert facts[4]["model"] == "NA" and facts[4]["difference"] == "NA" and facts[0]["member"] == "US"
PYTHON
answers 0 run world.cfg --set "growth[GB]=0" --out p --json; document "d['final']['Y[GB]'] == 1"
answers 0 run world.cfg --set growth=0 --out p --json; document "d['final']['world'] == 2"
answers 2 run world.cfg --set "growth[UB]=0"; says err "UB"
answers 2 run world.cfg --set "growth[DE]=0"
