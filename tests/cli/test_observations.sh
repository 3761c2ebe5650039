#!/bin/sh
# Observations in several files: checked, shown, compared with a run, drawn where they are levels, kept in the manifest.
. "$SOURCE/tests/support/cli.sh"

mkdir data
cat >world.cfg <<'EOF'
model = { name = "world"; time = "continuous"; unit = "year"; };
span = { from = 1960.0; to = 1965.0; output = 0.5; };
sets = { country = { members = ["US", "DE"]; index = ["i"]; }; };
parameters = { g = 0.02; };
equations = "
  init Y[i] = 1
  Y[i]' = g*Y[i]
";
events = ( { name = "far"; when = "Y[US] - 1.05"; } );
figures = ( { name = "growth"; kind = "panel"; variable = "Y"; } );
observations = ( { files = ["data/levels.csv", "data/more.csv"]; },
                 { file = "data/wide.csv"; series = { index = "100*Y[i]"; }; members = { DE = "West Germany"; }; } );
EOF
printf 'variable,member,from,to,value,kind\nY,US,1961,1962,1.03,\nY,DE,1960,1964,2,growth\n' >data/levels.csv
printf 'variable,from,to,value,kind\nfar,,,1962,event\n' >data/more.csv
printf 'year,US,West Germany\n1960,101,\n1961,103,102\n' >data/wide.csv

answers 0 check world.cfg; silent err
answers 0 show world.cfg; says out "  levels.csv, more.csv"; says out "    index: 100*Y[i]"
answers 0 run world.cfg --out o; says out "growth of Y"; says out "event of far"
grep -q '^variable,member,kind,from,to,fact,sd,model,difference' o/facts.csv || fail "facts.csv has other columns"
[ "$(grep -c '^index,' o/facts.csv)" = 3 ] || fail "a missing number became a fact, or a fact was lost"

# A run is repeated from its manifest alone.
cp o/facts.csv before.csv
rm -r data world.cfg
answers 0 rerun o
cmp -s before.csv o/facts.csv || fail "facts are others when the run is repeated"
