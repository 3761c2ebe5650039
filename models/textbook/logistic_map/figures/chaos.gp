# attractors of: regime branch logistic_map --parameter r --from 2.8 --to 4 --attractor 200
# Draw it in this folder: gnuplot chaos.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'chaos'
title = 'Doubling, and what comes of it'
is_map = 1
xlabel = 'growth when there is room, r'
xunit = ''
ylabel = 'level, between nothing and one'
yunit = ''
y_name = 'x'
load '../../../../plots/style.gp'
load '../../../../plots/attractor.gp'
