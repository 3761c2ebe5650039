# portrait of: regime portrait hicks --set g=0 --bounds 'Y(-1)=30:60' --bounds 'Y(-2)=30:60'
# Draw it in this folder: gnuplot portrait.gp. What it shows is in ../README.md.
kind = 'portrait'
name = 'portrait'
title = 'Output this year and last, without growth'
is_map = 1
xlabel = 'output, Y(-1)'
xunit = ''
x_name = 'Y(-1)'
ylabel = 'output, Y(-2)'
yunit = ''
y_name = 'Y(-2)'
x_from = 30.000000000000000
x_to = 60.000000000000000
y_from = 30.000000000000000
y_to = 60.000000000000000
load '../../../../plots/style.gp'
load '../../../../plots/portrait.gp'
