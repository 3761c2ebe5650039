#!/bin/sh
# The demonstration problems of AUTO (Doedel et al., AUTO-07p manual) that are systems of differential equations with one
# free parameter, in the files that tests/bench/auto.sh times too. Where equilibria change is known in closed form;
# where families of cycles end is what AUTO itself prints, and of Lorenz's equations what is published (Sparrow 1982).
. "$SOURCE/tests/support/cli.sh"
problems=$SOURCE/tests/bench/auto
values() { # CODE: document() with the points of each type, sorted, as a list
  document "(lambda of, near: $1)(lambda type: sorted(p['parameter'] for p in d['points'] if p['type'] == type), lambda a, b, e=1e-9: len(a) == len(b) and all(abs(x - y) < e for x, y in zip(a, b)))"
}

# ab, A -> B -> C in a stirred tank (Uppal, Ray and Poore 1974). At rest p1 = u exp(-v)/(1 - u) with v = 14 u/3: folds
# where u (1 - u) = 3/14; the trace is zero where (14 u - 3)(1 - u) = 1, and a saddle at the smaller of the two.
u="(1 - (1/7)**.5)/2" w="(1 + (1/7)**.5)/2" h="((17 + 65**.5)/28)"
answers 0 branch "$problems/ab.cfg" --parameter p1 --from 0 --to 0.15 --cycles --json --out ab
values "near(of('fold'), sorted(u*math.exp(-14*u/3)/(1 - u) for u in ($u, $w)))"
values "near(of('hopf'), [$h*math.exp(-14*$h/3)/(1 - $h)])"
values "near(of('homoclinic'), [0.10550707004])"

# pp2, predators and prey. The trivial state loses its stability at p2/p3; at u = 1/3 predators come, and oscillate.
answers 0 branch "$problems/pp2.cfg" --parameter p1 --from 0 --to 1 --cycles --json --out pp2
values "near(of('branch'), [0.6, 2/3/(1 - math.exp(-5/3))])"
values "near(of('hopf'), [1/(3 - 8*math.exp(-5/3))])"
values "near(of('homoclinic'), [0.7080728], 1e-6)"

# lor, Lorenz (1963): r = 1, 470/19, and the homoclinic orbit between; both families by symmetry.
answers 0 branch "$problems/lor.cfg" --parameter r --from 0 --to 30 --cycles --json --out lor
values "near(of('pitchfork'), [1]) and near(of('hopf'), [470/19]*2)"
values "near(of('homoclinic'), [13.926557407]*2, 1e-8)"
document "all(not c['stable'] for f in d['cycles'] for c in f['points'])"
document "abs(d['points'][1]['period'] - 2*math.pi/(8/3*(10 + 470/19))**.5) < 1e-9"
