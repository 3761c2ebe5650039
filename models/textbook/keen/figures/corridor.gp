# branch of: regime branch keen
# Draw it in this folder: gnuplot corridor.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'corridor'
title = 'The corridor of the good equilibrium'
is_map = 0
xlabel = 'investment that does not depend on profits, over output, kappa0'
xunit = ''
ylabel = 'debt over output'
yunit = ''
y_name = 'd'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
