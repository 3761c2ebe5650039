#!/bin/sh
# A folder that looked like an address made netCDF look for its file on the web.
. "$SOURCE/tests/support/cli.sh"

goodwin >goodwin.cfg
answers 0 run goodwin.cfg --netcdf --out 'http://results'; silent err
exists http:/results/goodwin.nc
