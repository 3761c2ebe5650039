#!/bin/sh
# What the economy did, and what the exit code says of it.
. "$SOURCE/tests/support/cli.sh"

head='span = { from = 0.0; to = 10.0; output = 0.1; };'
model() { printf 'model = { name = "%s"; time = "continuous"; };\n%s\n' "$1" "${2:-$head}"; }

(model boom; echo 'equations = "
  init x = 1
  x'"'"' = x^2
";') >boom.cfg
answers 0 run boom.cfg --json; document "d['outcome'] == 'diverged' and 0.9 < d['time'] < 1.1"

(model stop; echo 'equations = "
  init x = 0
  x'"'"' = 1
";
events = ( { name = "limit"; when = "x - 2.5"; direction = "up"; stop = true; } );') >stop.cfg
answers 0 run stop.cfg --json
document "d['outcome'] == 'stopped by event' and d['events'][0]['name'] == 'limit' and abs(d['time'] - 2.5) < 1e-9"

(model domain; echo 'equations = "
  init x = 1
  x'"'"' = -1 - 0.1*sqrt(x)
";') >domain.cfg
answers 4 run domain.cfg; says out "left domain"; says err "sqrt"; exists out/domain-baseline/scalars.csv
answers 4 run domain.cfg --json; document "d['outcome'] == 'left domain'"

(model breach; echo 'equations = "
  init x = 0
  x'"'"' = 1
";
identities = ( { name = "x stays"; expr = "x - min(x, 3)"; tolerance = 0.01; } );') >breach.cfg
answers 1 run breach.cfg; says err "x stays"; says err "off by 7"; says err "time 10"; exists out/breach-baseline/manifest.json
answers 1 run breach.cfg --json
document "d['identities'][0]['holds'] is False and d['identities'][0]['worst'] - 7 < 1e-9"

(model nothing; echo 'equations = "
  init x = 1
  x'"'"' = 0
";
identities = ( { name = "log"; expr = "log(-x)"; } );') >nothing.cfg
answers 1 run nothing.cfg; says err "the identity \`log\` has no value at time 0"

(model phases; echo 'equations = "
  init x = 0
  x'"'"' = 1
";
phases = ( { name = "early"; when = "x < 3.95"; }, { name = "late"; when = "x > 6"; } );') >phases.cfg
answers 0 run phases.cfg --json
document "[(p['name'], p['from'], round(p['to'], 6)) for p in d['phases']][0] == ('early', 0, 4)"
document "d['phases'][1]['name'] == 'late' and d['phases'][1]['to'] == 10"

# A law that changes back and forth is told with its question.
cat >relay.cfg <<'MODEL'
model = { name = "relay"; time = "continuous"; };
equations = "
  init x = 1
  x' = if(x > 0.5, -1, 1)
";
MODEL
answers 4 run relay.cfg --out relay
says err "without end at t = 0.5, last through the switch \`[x - 0.5 > 0]\`"
