# portrait of: regime portrait kaldor_map --scenario poor --bounds Y=7:13 --bounds K=5:15 --basins 40
# Draw it in this folder: gnuplot basins.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'basins'
title = 'Which rest point: the start decides'
is_map = 1
xlabel = 'output'
xunit = ''
x_name = 'Y'
ylabel = 'capital'
yunit = ''
y_name = 'K'
x_from = 7.0000000000000000
x_to = 13.000000000000000
y_from = 5.0000000000000000
y_to = 15.000000000000000
array basin_names[2] = ['to the rich rest point', 'to the poor rest point']
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
