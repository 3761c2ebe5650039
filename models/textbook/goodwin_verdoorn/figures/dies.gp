# portrait of: regime portrait goodwin_verdoorn --scenario induced --x u --y v --bounds u=0.5:1 --bounds v=0.4:1.3 --start 0.75,0.86
# Draw it in this folder: gnuplot dies.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'dies'
title = 'Firms mechanise when wages are high: the cycle dies'
is_map = 0
xlabel = 'wage share'
xunit = 'share'
x_name = 'u'
ylabel = 'employment rate'
yunit = 'share'
y_name = 'v'
x_from = 0.50000000000000000
x_to = 1.0000000000000000
y_from = 0.40000000000000002
y_to = 1.3000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
