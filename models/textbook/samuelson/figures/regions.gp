# curves of: regime branch samuelson --parameter b --from 0.5 --to 4 --second c --second-from 0.3 --second-to 0.9
# Draw it in this folder: gnuplot regions.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'regions'
title = 'Where the cycle stops dying'
is_map = 1
xlabel = 'accelerator: investment per unit of rise of consumption, b'
xunit = ''
ylabel = 'propensity to consume, c'
yunit = ''
x_from = 0.50000000000000000
x_to = 4.0000000000000000
y_from = 0.29999999999999999
y_to = 0.90000000000000002
load '../../../../plots/style.gp'
load '../../../../plots/curves.gp'
