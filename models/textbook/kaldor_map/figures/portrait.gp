# portrait of: regime portrait kaldor_map --bounds Y=9:11 --bounds K=18.5:21.5 --start 10.05,20
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Output and capital'
is_map = 1
xlabel = 'output'
xunit = ''
x_name = 'Y'
ylabel = 'capital'
yunit = ''
y_name = 'K'
x_from = 9.0000000000000000
x_to = 11.000000000000000
y_from = 18.500000000000000
y_to = 21.500000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
