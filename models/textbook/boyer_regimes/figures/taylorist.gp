# two_lines of: regime steady boyer_regimes --scenario taylorist
# Draw it in this folder: gnuplot taylorist.gp. What it shows is in ../README.md.
kind = 'lines'
name = 'taylorist'
title = 'Mass production without mass consumption'
xlabel = 'growth of output'
xunit = '1/year'
x_name = 'q'
ylabel = 'growth of productivity'
yunit = '1/year'
y_name = 'p'
load '../../../../plots/style.gp'
load '../../../../plots/lines.gp'
