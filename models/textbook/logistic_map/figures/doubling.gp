# branch of: regime branch logistic_map
# Draw it in this folder: gnuplot doubling.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'doubling'
title = 'The period doubles'
is_map = 1
xlabel = 'growth when there is room, r'
xunit = ''
ylabel = 'level, between nothing and one'
yunit = ''
y_name = 'x'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
