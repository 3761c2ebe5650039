#!/bin/sh
# regime branch: points against known results, cycles, curves in two parameters, and wrong questions.
. "$SOURCE/tests/support/cli.sh"

# The map of Kaldor: Neimark-Sacker at exactly 10/9, pitchfork at exactly 1/4.
answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3 --json --out kaldor; silent err
document "d['model'] == 'kaldor_map' and d['parameter'] == 'alpha' and len(d['points']) == 1"
document "d['points'][0]['type'] == 'neimark-sacker' and abs(d['points'][0]['parameter'] - 10/9) < 1e-8"
document "d['points'][0]['criticality'] == 'supercritical' and abs(d['points'][0]['values']['Y'] - 10) < 1e-8"
document "[p['stable'] for p in d['branches'][0]['points'] if abs(p['parameter'] - 10/9) > 1e-3] == [p['parameter'] < 10/9 for p in d['branches'][0]['points'] if abs(p['parameter'] - 10/9) > 1e-3]"
exists kaldor/branches.csv kaldor/points.csv kaldor/eigenvalues.csv kaldor/manifest.json
grep -q '^branch,point,alpha,stable,unstable,Y,K,I,S$' kaldor/branches.csv || fail "the head of branches.csv"
answers 0 rerun kaldor; says out identical
answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3; says out "neimark-sacker  1.11111  supercritical"
answers 0 branch kaldor_map --parameter sigma --from 0.4 --to 0.1 --set alpha=1 --json
document "[p['type'] for p in d['points']] == ['pitchfork'] and abs(d['points'][0]['parameter'] - .25) < 1e-8 and len(d['branches']) == 2"

# The diagram the model declares needs no options.
answers 0 branch kaldor_map --json; document "d['parameter'] == 'alpha' and d['points'][0]['type'] == 'neimark-sacker'"

# Kaldor's cycle is born at alpha = (gamma + delta)/(1 - sigma) = 4/3, with a period in closed form.
answers 0 branch kaldor_cycle --parameter alpha --from 1 --to 3 --cycles --json --out cycle
document "d['points'][0]['type'] == 'hopf' and abs(d['points'][0]['parameter'] - 4/3) < 1e-8 and d['points'][0]['criticality'] == 'supercritical'"
document "abs(d['points'][0]['period'] - 15.7079633) < 1e-5"
document "abs(d['cycles'][0]['born_at'] - 4/3) < 1e-8 and d['cycles'][0]['point'] == 0"
document "all(c['stable'] and min(abs(complex(*m) - 1) for m in c['multipliers']) < 1e-5 for c in d['cycles'][0]['points'][1:])"
document "d['cycles'][0]['points'][-1]['min']['Y'] < 10 < d['cycles'][0]['points'][-1]['max']['Y']"
exists cycle/cycles.csv cycle/multipliers.csv

# The logistic map flips at r = 3.
cat >logistic.cfg <<'MODEL'
model = { name = "logistic"; time = "discrete"; };
parameters = { r = { value = 2.5; bounds = [0.0, 4.0]; }; };
equations = "
  init x = 0.4
  x = r*x(-1)*(1 - x(-1))
";
variables = { x = { bounds = [0.0, 1.0]; }; };
MODEL
answers 0 branch logistic.cfg --parameter r --from 2.5 --to 3.5; says out '`--cycles` follows the cycles that are born there'
answers 0 branch logistic.cfg --parameter r --from 2.5 --to 3.5 --cycles --json
document "abs([p for p in d['points'] if p['type'] == 'flip'][0]['parameter'] - 3) < 1e-8"

# The shelf's logistic map counts its steps besides: what moves for ever is left out. Its period doubles again at 1 + sqrt(6).
answers 0 branch logistic_map --json
document "abs([p for p in d['points'] if p['type'] == 'flip' and p['of'] == 'equilibrium'][0]['parameter'] - 3) < 1e-8"
document "any(abs(p['parameter'] - 1 - 6**.5) < 1e-6 and (p['type'], p['of']) == ('flip', 'cycle') for p in d['points'])"
document "all(len(c['multipliers']) == 1 for c in d['cycles'][0]['points'])"

# What paths come to, by brute force.
answers 0 branch logistic.cfg --parameter r --from 2.5 --to 4 --attractor 40 --json --out brute
document "d['parameter'] == 'r' and all(0 <= x <= 1 for r, x in d['attractors'])"
document "len({round(x, 8) for r, x in d['attractors'] if r == 2.5}) == 1"
exists brute/attractors.csv

# A curve of points in two parameters: alpha = 0.8/(0.2*(1 - sigma) + 0.6), the determinant's condition.
answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3 --second sigma --second-from 0.3 --second-to 0.5 --json --out two
document "all(abs(p['parameter'] - .8/(.2*(1 - p['second']) + .6)) < 1e-8 for p in d['curves'][0]['points'])"
exists two/curves.csv
answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3 --second sigma --second-from 0.3 --second-to 0.5
says out "last sigma  ends because"; says out "the parameter reached the end of its range"

# An account that nobody reads is left out, and productivity's two laws cancel where chi = lambda/sigma.
answers 0 branch goodwin_verdoorn --parameter chi --from 0 --to 0.2 --json; silent err
document "[p['type'] for p in d['points']] == ['hopf'] and abs(d['points'][0]['parameter'] - .05) < 1e-8"

# No equilibrium at the beginning: 1, and where there is one.
cat >fold.cfg <<'MODEL'
model = { name = "fold"; time = "continuous"; };
parameters = { a = 1.0; };
equations = "
  init x = 0.5
  x' = a - x^2
";
variables = { x = { bounds = [-3.0, 3.0]; }; };
MODEL
answers 1 branch fold.cfg --parameter a --from -1 --to 1; says err "there is no equilibrium to follow at a = -1"; says err '`--from 1 --to -1`'
answers 0 branch fold.cfg --parameter a --from 1 --to -1 --json
document "[p['type'] for p in d['points']] == ['fold'] and abs(d['points'][0]['parameter']) < 1e-8"

# Nothing happens, and that is said.
answers 0 branch goodwin --parameter rho --from 0.06 --to 0.08 --cycles; says out "nothing changes its kind on the way"; says out "no cycle is born on the way"

# Wrong questions, and what to do instead.
answers 2 branch fold.cfg; says err "the model declares no diagram"; says err '`--parameter NAME --from VALUE --to VALUE`'
answers 2 branch goodwin --parameter rho; says err "needs to know from where to where"
answers 2 branch goodwin --parameter rhoo --from 0 --to 1; says err 'did you mean `rho`?'
answers 2 branch goodwin --parameter rho --from 0.1 --to 0.1; says err '`rho` cannot be moved from 0.1 to 0.1'
answers 2 branch race_to_the_bottom --parameter goal --from 0.5 --to 0.6; says err 'name a member, as `goal[A]`'
answers 2 branch crisis --parameter oil_price --from 1 --to 3; says err '`oil_price` is a path, and only a parameter can be moved'
answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --second rho --second-from 0 --second-to 1; says err 'cannot be both parameters'
answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --second sigma; says err '`--second NAME --second-from VALUE --second-to VALUE`'
answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --variable profit_rat; says err 'did you mean `profit_rate`?'

answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --second-from 0 --second-to 1; says err 'a range of a second parameter is given'
answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --attractor 5 --cycles; says err "ask for one of them"
answers 2 branch goodwin --parameter rho --from 0.06 --to 0.08 --attractor 0; says err "a whole number above zero"
answers 2 branch goodwin --parameter u --from 0 --to 1; says err '`u` is a variable, which the model itself moves'
answers 2 branch keen --parameter phi1 --from 0 --to 1; says err '`phi1` follows from the parameters'

# Figures, with their data and scripts beside them.
if command -v gnuplot >/dev/null; then
  answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3 --second sigma --second-from 0.3 --second-to 0.5 --plot --out drawn; silent err
  exists drawn/plots/branch.png drawn/plots/branch.gp drawn/plots/eigenvalues.png drawn/plots/curves.png
  answers 0 branch kaldor_map --parameter alpha --from 1 --to 1.3 --plot --out drawn; exists drawn/plots/branch.png
  [ -e drawn/plots/curves.png ] && fail "the curves of an older answer"
  answers 0 branch logistic.cfg --parameter r --from 2.5 --to 4 --attractor 40 --plot --out dots; exists dots/plots/attractors.png
  answers 0 steady boyer_regimes --plot --out lines; exists lines/plots/two_lines.png; silent err
  # The title a model declares is that of the parameter it declares.
  answers 0 branch kaldor_map --plot --out declared; grep -q "The closed curve is born" declared/plots/branch.gp || fail "not the title that is declared"
  answers 0 branch kaldor_map --parameter sigma --from 0.4 --to 0.1 --set alpha=1 --plot --out other
  grep -q "The closed curve is born" other/plots/branch.gp && fail "the title of another parameter's diagram"
  (cd drawn/plots && gnuplot -e "format='svg'" branch.gp) || fail "a script does not run by itself"
  exists drawn/plots/branch.svg
fi
