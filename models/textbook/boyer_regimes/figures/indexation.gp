# branch of: regime branch boyer_regimes
# Draw it in this folder: gnuplot indexation.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'indexation'
title = 'Growth and the indexation of wages'
is_map = 0
xlabel = 'indexation of wages to productivity, k'
xunit = ''
ylabel = 'growth of output'
yunit = '1/year'
y_name = 'q'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
