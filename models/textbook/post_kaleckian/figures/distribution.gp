# branch of: regime branch post_kaleckian --scenario conflicting
# Draw it in this folder: gnuplot distribution.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'distribution'
title = 'Wage-led demand: utilisation and the share of profits'
is_map = 0
xlabel = 'share of profits, h'
xunit = ''
ylabel = 'utilisation of capacity'
yunit = ''
y_name = 'u'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
