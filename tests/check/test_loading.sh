#!/bin/sh
# The command starts without netCDF and what comes with it (docs/decisions/0010); a .nc file is written all the same.
. "$SOURCE/tests/support/cli.sh"
: >.out; : >.err
grep -q "REGIME_NETCDF_LIBRARY" "$BUILD/build.ninja" 2>/dev/null || { echo "netCDF is linked here: skipped"; exit 77; }
command -v ldd >/dev/null || { echo "ldd is not installed: skipped"; exit 77; }
ldd "$REGIME" >.out
grep -qE "netcdf|hdf5" .out && fail "the command loads netCDF before it is needed"
answers 0 run goodwin --netcdf --out nc; exists nc/goodwin.nc
