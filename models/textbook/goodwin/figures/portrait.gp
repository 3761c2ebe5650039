# portrait of: regime portrait goodwin --bounds u=0.5:1 --bounds v=0.3:1.2 --start 0.8,0.8 --start 0.7,0.8
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'The growth cycle'
is_map = 0
xlabel = 'wage share'
xunit = 'share'
x_name = 'u'
ylabel = 'employment rate'
yunit = 'share'
y_name = 'v'
x_from = 0.50000000000000000
x_to = 1.0000000000000000
y_from = 0.29999999999999999
y_to = 1.2000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
