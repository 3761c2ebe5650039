# portrait of: regime portrait kaldor_robinson --bounds r=0:0.3 --bounds z=0:1
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Ownership and the rate of profit'
is_map = 0
xlabel = 'share of capital owned by capitalists'
xunit = ''
x_name = 'z'
ylabel = 'rate of profit'
yunit = '1/year'
y_name = 'r'
x_from = 0.0000000000000000
x_to = 1.0000000000000000
y_from = 0.0000000000000000
y_to = 0.29999999999999999
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
