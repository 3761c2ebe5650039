# branch of: regime branch kaldor_cycle --parameter sigma --from 0.7 --to 0.15 --cycles
# Draw it in this folder: gnuplot saving.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'saving'
title = 'Thrift damps'
is_map = 0
xlabel = 'propensity to save, sigma'
xunit = ''
ylabel = 'output'
yunit = ''
y_name = 'Y'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
