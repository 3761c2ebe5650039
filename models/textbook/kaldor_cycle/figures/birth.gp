# branch of: regime branch kaldor_cycle
# Draw it in this folder: gnuplot birth.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'birth'
title = 'The cycle is born'
is_map = 0
xlabel = 'speed at which output follows demand, alpha'
xunit = '1/year'
ylabel = 'output'
yunit = ''
y_name = 'Y'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
