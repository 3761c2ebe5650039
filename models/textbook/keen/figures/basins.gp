# portrait of: regime portrait keen --x w --y l --hold d=0.5 --bounds w=0.4:1.2 --bounds l=0:0.999 --basins 40
# Draw it in this folder: gnuplot basins.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'basins'
title = 'Where half a year’s output of debt leads'
is_map = 0
xlabel = 'wage share'
xunit = ''
x_name = 'w'
ylabel = 'employment rate'
yunit = ''
y_name = 'l'
x_from = 0.40000000000000002
x_to = 1.2000000000000000
y_from = 0.0000000000000000
y_to = 0.99900000000000000
array basin_names[1] = ['to the good equilibrium']
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
