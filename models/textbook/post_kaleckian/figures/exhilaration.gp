# branch of: regime branch post_kaleckian --scenario exhilarationist --parameter h --from 0.6 --to 0.1
# Draw it in this folder: gnuplot exhilaration.gp. What it shows is in ../README.md.
kind = 'branch'
name = 'exhilaration'
title = 'Profit-led demand: utilisation and the share of profits'
is_map = 0
xlabel = 'share of profits, h'
xunit = ''
ylabel = 'utilisation of capacity'
yunit = ''
y_name = 'u'
load '../../../../plots/style.gp'
load '../../../../plots/branch.gp'
