# branch of: regime branch kaldor_map --parameter sigma --from 0.4 --to 0.1 --set alpha=1
# Draw it in this folder: gnuplot pitchfork.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'pitchfork'
title = 'Little saving: one rest point becomes two'
is_map = 1
xlabel = 'propensity to save, sigma'
xunit = ''
ylabel = 'output'
yunit = ''
y_name = 'Y'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
