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
