#!/bin/sh
# Stock-flow matrices: printed as in the books, checked along every run, and a leak that is named.
. "$SOURCE/tests/support/cli.sh"

# SIM of Godley and Lavoie (2007, ch. 3) in continuous time.
cat >sim.cfg <<'MODEL'
model = { name = "sim"; time = "continuous"; unit = "year"; };
span  = { from = 0.0; to = 60.0; output = 1.0; };
parameters = { G = 20.0; theta = 0.2; alpha1 = 0.6; alpha2 = 0.4; };
equations = "
  init H_h = 0
  init H_s = 0
  Y    = (G + alpha2*H_h)/(1 - alpha1*(1 - theta))
  T    = theta*Y
  C    = alpha1*(Y - T) + alpha2*H_h
  H_h' = Y - T - C
  H_s' = G - T
";
scenarios = { austere = { set = { G = 10.0; }; }; };
matrices = (
  { name = "balance sheet"; kind = "stocks"; sectors = ["households", "production", "government"];
    rows = (
      { name = "money";     entries = { households = "H_h"; government = "-H_s"; }; },
      { name = "net worth"; kind = "balance"; entries = { households = "-H_h"; government = "H_s"; }; } ); },
  { name = "transactions"; kind = "flows"; sectors = ["households", "production", "government"];
    rows = (
      { name = "consumption";         entries = { households = "-C"; production = "C"; }; },
      { name = "government spending"; entries = { production = "G"; government = "-G"; }; },
      { name = "income";              entries = { households = "Y"; production = "-Y"; }; },
      { name = "taxes";               entries = { households = "-T"; government = "T"; }; },
      { name = "change in money";     entries = { households = "-H_h'"; government = "H_s'"; }; } );
    redundant = { name = "money held is money issued"; expr = "H_h - H_s"; }; } );
MODEL

answers 0 show sim.cfg --matrix
cat >symbols <<'TEXT'
balance sheet (stocks)
             households  production  government  sum
  money            +H_h                    -H_s    0
  net worth        -H_h                    +H_s    0
  sum                 0           0           0    0

transactions (flows)
                       households  production  government  sum
  consumption                  -C          +C                0
  government spending                      +G          -G    0
  income                       +Y          -Y                0
  taxes                        -T                      +T    0
  change in money           -H_h'                   +H_s'    0
  sum                           0           0           0    0
  follows from the others: money held is money issued, H_h - H_s = 0
TEXT
cmp -s .out symbols || fail "the matrices in symbols are printed otherwise"

# At the start there is no money: Y = G/(1 - 0.6*0.8) by hand.
answers 0 show sim.cfg --matrix --at 0 --scenario austere
cat >numbers <<'TEXT'
scenario austere, time 0

balance sheet (stocks)
             households  production  government  sum
  money               0                       0    0
  net worth           0                       0    0
  sum                 0           0           0    0

transactions (flows)
                       households  production  government  sum
  consumption              -9.231      +9.231                0
  government spending                 +10.000     -10.000    0
  income                  +19.231     -19.231                0
  taxes                    -3.846                  +3.846    0
  change in money          -6.154                  +6.154    0
  sum                           0           0           0    0
  follows from the others: money held is money issued, H_h - H_s = 0
TEXT
cmp -s .out numbers || fail "the matrices in numbers are printed otherwise"
# At rest money is disposable income, G*(1 - theta)/theta.
answers 0 show sim.cfg --matrix --at 1000 --set G=40; says out "+160.00"; says out "time 1000"
answers 2 show sim.cfg --at 10; says err '`--at` goes with `--matrix`'
answers 2 show sim.cfg --matrix --scenario austere; says err '`--scenario` and `--set` go with `--at`'
answers 2 show sim.cfg --matrix --at -5; says err "begins at 0, after -5"
goodwin >goodwin.cfg
answers 0 show goodwin.cfg --matrix; says out "declares no matrices"
answers 1 show goodwin.cfg --matrix --at 3; says err "declares no matrices"
answers 0 show sim.cfg --matrix --json; document "d['form'] == 'matrix' and 'H_s' in d['text']"

document "d['matrices'][1]['rows'][4] == {'name': 'change in money', 'kind': 'financial', 'entries': {'households': \"-H_h'\", 'government': \"H_s'\"}}"
answers 0 check sim.cfg; says out "balance sheet, transactions"

answers 0 run sim.cfg --out tight; says out "money held is money issued (follows from the others)"; silent err
exists tight/matrices.csv
answers 0 rerun tight; says out identical
answers 0 run sim.cfg --json --out tight
document "len(d['matrices']) == 1 + 3 + 5 + 3 + 1 and all(m['holds'] and abs(m['worst']) < 1e-11 for m in d['matrices'])"
document "[m['name'] for m in d['matrices'] if m['line'] == 'redundant equation'] == ['money held is money issued']"

# A tenth of the taxes is paid by nobody: row, column, time and amount.
sed 's/households = "-T"/households = "-0.9*T"/' sim.cfg >leak.cfg
answers 1 run leak.cfg --out leaking
says err 'the matrix `transactions` leaks 1.99988 at time 60, where row `taxes` meets column `households` (first at 0)'
says out "NO"
exists leaking/manifest.json leaking/matrices.csv
answers 1 run leak.cfg --json --out leaking
document "[(m['line'], m['name']) for m in d['matrices'] if not m['holds']] == [('row', 'taxes'), ('column', 'households')]"
answers 0 show leak.cfg --matrix --at 60; says out "+2.000"

# The state books only part of its taxes: money is issued that nobody holds, and the redundant equation does not follow.
sed "s/H_s' = G - T/H_s' = G - 0.9*T/" sim.cfg >issued.cfg
answers 1 run issued.cfg --out issued
says err 'the matrix `transactions` leaks 1.99988 at time 60, where row `change in money` meets column `government`'
says err 'row `money` of the matrix `balance sheet` sums to -'
says err 'the redundant equation `money held is money issued` of the matrix `transactions` is off by'
