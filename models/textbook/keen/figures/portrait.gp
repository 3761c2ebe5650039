# portrait of: regime portrait keen --x w --y l --hold d=0.07 --bounds w=0.4:1.2 --bounds l=0:0.999
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Wage share and employment, debt moving too'
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
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
