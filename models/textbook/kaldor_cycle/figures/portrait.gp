# portrait of: regime portrait kaldor_cycle --bounds Y=7:13 --bounds K=17:23
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Output and capital'
is_map = 0
xlabel = 'output'
xunit = ''
x_name = 'Y'
ylabel = 'capital'
yunit = ''
y_name = 'K'
x_from = 7.0000000000000000
x_to = 13.000000000000000
y_from = 17.000000000000000
y_to = 23.000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
