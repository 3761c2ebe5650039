#!/bin/sh
# A model in each of its forms.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg
answers 0 show goodwin.cfg; says out "rho"; silent err
answers 0 show goodwin.cfg --latex; says out "align"
answers 0 show goodwin.cfg --graph; says out "digraph"
answers 0 show goodwin.cfg --derivatives; says out "sigma"
answers 0 show goodwin.cfg --expanded; says out "v'"
answers 0 show goodwin.cfg --program; [ -s "$work/.out" ] || fail "no program"
answers 2 show goodwin.cfg --latex --graph; says err "one form at a time"
answers 0 show goodwin.cfg --json
document "[v['name'] for v in d['variables']] == ['v', 'u', 'profit_rate'] and d['variables'][2]['unit'] == '1/year'"
document "[p['value'] for p in d['parameters'] if p['name'] == 'rho'] == [0.07]"

# What events set, what scenarios change, and overlays are shown with them.
cat >shown.cfg <<'MODEL'
model = { name = "shown"; time = "continuous"; };
sets = { c = { members = ["US", "GB"]; index = ["i"]; }; };
parameters = { h = { over = "c"; default = 1.0; }; };
modes = { m = 1.0; };
equations = "
  init x = 1
  x' = m*sum(i, h[i])
";
events = ( { name = "high"; when = "x > 2"; set = { x = "x/2"; }; },
           { name = "back"; when = "x - 3"; direction = "down"; set = { m = 0.5; }; } );
overlays = { welfare = { set = { h = 0.5; }; }; };
scenarios = { late = { apply = ( { overlay = "welfare"; to = "US"; } );
                       changes = ( { at = 5.0; set = { h = { GB = 2.0; }; }; } ); }; };
MODEL
answers 0 show shown.cfg
says out "high when x > 2"; says out "x = x/2"; says out "back when x - 3 crosses zero, downwards"; says out "m = 0.5"
says out "h = 0.5"; says out "welfare on US"; says out "at 5:"; says out "h[GB] = 2"
grep -q "x > 2 crosses" .out && fail "a condition does not cross zero"
true
