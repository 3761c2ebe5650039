#!/bin/sh
# regime steady: equilibria against known results, the names of regimes, and wrong questions.
. "$SOURCE/tests/support/cli.sh"

# Goodwin: a centre at v = 5/7, u = 0.84, linear period 61.31761; and a saddle in the corner.
answers 0 steady goodwin --json --out goodwin; silent err
document "d['model'] == 'goodwin' and d['scenario'] == 'baseline' and d['at'] == 200"
document "[e['type'] for e in d['equilibria']] == ['saddle', 'centre']"
document "abs(d['equilibria'][1]['values']['v'] - 5/7) < 1e-12 and abs(d['equilibria'][1]['values']['u'] - 0.84) < 1e-12"
document "abs(2*3.141592653589793/d['equilibria'][1]['eigenvalues'][0][1] - 61.31761) < 1e-5"
document "all(e['residual'] < 1e-12 for e in d['equilibria']) and not d['equilibria'][0]['stable']"
document "d['box'] == {'v': [0, 1.5], 'u': [0, 1]} and 'response' not in d['equilibria'][0]"
exists goodwin/equilibria.csv goodwin/eigenvalues.csv goodwin/manifest.json
grep -q '^equilibrium,type,stable,residual,v,u,profit_rate' goodwin/equilibria.csv || fail "the head of equilibria.csv"
answers 0 rerun goodwin; says out identical
answers 2 plot goodwin; says err 'holds the answer of `regime steady`'
answers 0 steady goodwin; says out "61.3176"; says out "v from 0 to 1.5, u from 0 to 1"; says out "files in out/goodwin-steady"
answers 0 steady goodwin --quiet; silent out

# d equilibrium / d parameter in closed form: u* = 1 - sigma*(alpha + beta), v* = (alpha + gamma)/rho.
answers 0 steady goodwin --response --json
document "abs(d['equilibria'][1]['response']['sigma']['u'] + 0.04) < 1e-9 and abs(d['equilibria'][1]['response']['sigma']['v']) < 1e-9"
document "abs(d['equilibria'][1]['response']['rho']['v'] + 0.05/0.07**2) < 1e-8 and d['equilibria'][1]['response']['v0']['v'] == 0"
answers 0 steady goodwin --response; says out "responses at 2"

# Keen (Grasselli and Costa Lima 2012): the good equilibrium and its eigenvalues.
answers 0 steady keen --json
cat >keen.py <<'PYTHON'
import json
d = json.load(open(".out"))
e = [e for e in d["equilibria"] if e["values"]["w"] > 0.5][0]
for name, value in dict(w=.836052866873, l=.968611758971, d=.0701911248624).items():
    assert abs(e["values"][name] - value) < 1e-11, name
for (re, im), (r, i) in zip(e["eigenvalues"], [(-.0352276071, 1.9580805282), (-.0352276071, -1.9580805282), (-.0450372302, 0)]):
    assert abs(re - r) < 1e-9 and abs(im - i) < 1e-9
assert e["type"] == "stable focus" and e["stable"]
PYTHON
python3 keen.py || fail "Keen's equilibrium"

# Bhaduri and Marglin: every row of the table, with its name.
kalecki() {
  answers 0 steady post_kaleckian --set g0="$1" --set g1="$2" --json --out kalecki
  document "abs(d['equilibria'][0]['values']['u'] - $3) < 1e-6 and abs(d['equilibria'][0]['values']['accumulation'] - $4) < 1e-6"
  document "abs(d['equilibria'][0]['regimes'][0]['value'] - $5) < 1e-5 and d['equilibria'][0]['regime'] == '$6'"
}
kalecki .02 .10 1 .14 -2.5 "wage-led demand, wage-led growth"
kalecki .02 .08 .6666667 .0933333 -.555556 "wage-led demand, profit-led growth"
kalecki -.01 .10 .25 .035 1.25 "profit-led demand, profit-led growth"
exists kalecki/regimes.csv
answers 0 steady post_kaleckian --scenario conflicting --at 50; says out "wage-led demand, profit-led growth"; says out "daccumulation/dh"

# SIM at rest: Y 100, H 80, from a box nobody gave, which is widened until it is large enough.
answers 0 steady sim --json
document "abs(d['equilibria'][0]['values']['Y'] - 100) < 1e-9 and abs(d['equilibria'][0]['values']['Hh'] - 80) < 1e-9"
answers 0 steady sim; says out "no bounds are given for these, and the search guessed: "; says out "from -100 to 100"

# Samuelson: the roots of a map, and its period.
answers 0 steady samuelson --set c=0.4 --set b=2 --json
document "abs(d['equilibria'][0]['eigenvalues'][0][0] - .6) < 1e-9 and abs(d['equilibria'][0]['eigenvalues'][0][1] - .663325) < 1e-6"

# One country for itself, and both together: a family of parameters moves as a whole.
answers 0 steady race_to_the_bottom --scenario hold --json
document "d['equilibria'][0]['regime'] == 'profit-led alone, wage-led together'"
document "abs(d['equilibria'][0]['regimes'][1]['value'] - 13/3) < 1e-9"

# Boyer's two lines at the crossing; levels drift and are left out.
answers 0 steady boyer_regimes --json --out boyer
cat >boyer.py <<'PYTHON'
import json
e = json.load(open(".out"))["equilibria"][0]
v, line = e["values"], e["lines"][0]
assert abs(line["y_slope"] - v["B"]) < 1e-12 and abs(line["x_slope"] - v["D"]) < 1e-12
assert abs(line["x"] - v["q_rest"]) < 1e-12 and abs(line["y"] - v["p_rest"]) < 1e-12
assert e["regime"] == "gains become demand, wage-led growth" and e["type"] == "stable node"
PYTHON
python3 boyer.py || fail "Boyer's lines"
document "d['search']['drifts'] == ['log_Q', 'log_P']"
exists boyer/lines.csv
answers 0 steady boyer_regimes --scenario taylorist; says out "gains find no outlet"; says out "move for ever, and nothing looks at them"

# Balanced growth: Solow in intensive form, k* in closed form, speed (1 - a)*(n + g + delta).
answers 0 steady solow --growth --json --out solow
document "any(abs(p['growth']['A'] - .02) < 1e-9 and p['type'] == 'stable node' and abs(p['growth']['k']) < 1e-9 for p in d['paths'])"
exists solow/rates.csv solow/growth.csv
answers 0 steady solow --growth; says out "rate of growth"

# No equilibrium is an answer: 1, with what may help, and a document all the same.
cat >none.cfg <<'MODEL'
model = { name = "none"; time = "continuous"; };
equations = "
  init x = 0
  x' = x^2 + 0.5
";
MODEL
answers 1 steady none.cfg --out none; says err 'nearest to rest, `x` is still off by 0.5'; says err '`--growth`'; exists none/equilibria.csv
answers 1 steady none.cfg --json; document "d['equilibria'] == []"
answers 1 steady goodwin --bounds v=5:6 --bounds u=5:6; says err "there are equilibria outside it"
answers 0 steady goodwin --bounds v=0.5:1 --bounds u=0.5:1 --json; document "len(d['equilibria']) == 1"
answers 0 steady race_to_the_bottom --bounds y=0.1:4 --json; document "d['box']['y[B]'] == [0.1, 4]"

# A law that moves with time says so.
cat >moving.cfg <<'MODEL'
model = { name = "moving"; time = "continuous"; };
equations = "
  init x = 0
  x' = 0.01*t - x
";
MODEL
answers 0 steady moving.cfg --at 50; says out "the law itself moves with time"
answers 0 steady moving.cfg --at 50 --json; document "d['search']['depends_on_time'] and abs(d['equilibria'][0]['values']['x'] - .5) < 1e-12"

# The law of a date: before and after a change.
answers 0 steady post_kaleckian --scenario stagnationist --at 50 --json; document "abs(d['equilibria'][0]['values']['u'] - 1) < 1e-9"
answers 0 steady post_kaleckian --scenario stagnationist --json; document "abs(d['equilibria'][0]['values']['u'] - 1.0263157) < 1e-6"

# Wrong questions, and what to do instead.
answers 2 steady goodwin --bounds profit_rate=0:1; says err '`profit_rate` follows from the states'; says err 'its states are `v`, `u`'
answers 2 steady goodwin --bounds w=0:1; says err 'there is none called `w`'
answers 2 steady goodwin --bounds v=1:0; says err 'the bounds of `v`, 1 and 0, hold nothing'
answers 2 steady goodwin --bounds v; says err '`--bounds` needs NAME=LO:HI with two numbers, not `v`'; says err 'for example `--bounds u=0:1`'
answers 2 steady goodwin --starts many; says err '`--starts` needs a whole number'
answers 2 steady goodwin --set rhoo=1; says err 'did you mean `rho`?'
answers 2 steady goodwin --scenario stepe; says err 'did you mean `steep`?'
answers 2 steady goodwin --response --growth; says err "ask for one of them"
answers 2 steady godwin; says err 'did you mean `goodwin`?'
cat >still.cfg <<'MODEL'
model = { name = "still"; time = "continuous"; };
equations = "
  x = 1
";
MODEL
answers 2 steady still.cfg; says err '`still` has no states'

# The same seed, the same answer; what an older answer left is not mixed with a newer.
answers 0 steady keen --seed 3 --out one; cp one/equilibria.csv first.csv
answers 0 steady keen --seed 3 --out one; cmp -s one/equilibria.csv first.csv || fail "the same question has another answer"
answers 0 steady goodwin --response --out one; exists one/responses.csv
answers 0 steady goodwin --out one; [ ! -e one/responses.csv ] || fail "responses.csv is of an older answer"
