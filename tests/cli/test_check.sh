#!/bin/sh
# All errors at once and exit code 3, or the structure.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg
answers 0 check goodwin.cfg; says out "no error found"; says out "steep"; silent err
answers 0 check goodwin.cfg --json
document "d['valid'] and d['states'] == 2 and d['auxiliaries'] == 1 and d['scenarios'] == ['baseline', 'steep']"

goodwin | sed "s/sigma - (alpha/sigm - (alpha/; s/init u = 0.8//" >wrong.cfg
answers 3 check wrong.cfg; silent out
says err "sigm"; says err "did you mean \`sigma\`?"; says err "\`u\`"
answers 3 check wrong.cfg --json
document "not d['valid'] and len(d['diagnostics']) == 2 and all(e['line'] for e in d['diagnostics'])"
answers 3 run wrong.cfg --out gone
[ ! -e gone ] || fail "a wrong model wrote output"
answers 3 run wrong.cfg --json; document "d['status'] == 'BAD_MODEL'"

# Facts are part of the model.
(goodwin; echo 'observations = { file = "facts.csv"; };') >observed.cfg
printf 'variable,member,from,to,value\nu,,0,5,0.8\n' >facts.csv
answers 0 check observed.cfg
printf 'variable,member,from,to,value\nw,,0,5,0.8\nu,,5,0,x\n' >facts.csv
answers 3 check observed.cfg
says err "facts.csv:2"; says err "facts.csv:3"; says err "no variable \`w\`"; says err "not a number"
rm facts.csv
answers 3 check observed.cfg; says err "facts.csv"
