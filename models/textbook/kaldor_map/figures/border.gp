# curves of: regime branch kaldor_map --second sigma --second-from 0.2 --second-to 0.6
# Draw it in this folder: gnuplot border.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'border'
title = 'Where the closed curve is born'
is_map = 1
xlabel = 'speed at which output follows demand, alpha'
xunit = ''
ylabel = 'propensity to save, sigma'
yunit = ''
x_from = 1.0000000000000000
x_to = 1.3000000000000000
y_from = 0.20000000000000001
y_to = 0.59999999999999998
load '../../../../plots/style.gp'
load '../../../../plots/curves.gp'
