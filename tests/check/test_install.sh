#!/bin/sh
# The installed library serves programs outside: by pkg-config, and by find_package. The command comes with its
# pages. BUILD is a folder in which everything is built.
. "$SOURCE/tests/support/cli.sh"
: >.out; : >.err
grep -q "^REGIME_COVERAGE:BOOL=ON" "$BUILD/CMakeCache.txt" && { echo "not for a build that counts coverage: skipped"; exit 77; }

cmake --install "$BUILD" --prefix "$work/usr" >.out 2>.err || fail "cmake --install"
for file in bin/regime share/regime/plots/style.gp share/regime/models share/man/man1/regime.1 \
  share/bash-completion/completions/regime include/regime/regime.h; do
  [ -e "usr/$file" ] || fail "not installed: $file"
done

# A system in C and a model from text, with nothing but the public headers.
goodwin >goodwin.cfg
cat >program.c <<'CODE'
#include <regime/regime.h>
#include <stdio.h>

static int rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[0];
  return 0;
}
static regime_status start(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  return REGIME_OK;
}

int main(void) {
  regime_context *context = NULL;
  regime_model *model = NULL;
  regime_run *run = NULL;
  regime_path *path = NULL;
  regime_system decay = {.n_states = 1, .rate = rate, .start = start};
  regime_path_options options = REGIME_PATH_DEFAULTS;
  regime_run_options run_options = REGIME_RUN_DEFAULTS;
  options.to = 1.0;
  const int good = regime_context_create(&context) == REGIME_OK &&
                   regime_path_compute(context, &decay, &options, &path) == REGIME_OK &&
                   regime_model_load(context, "goodwin.cfg", &model) == REGIME_OK &&
                   regime_run_compute(context, model, &run_options, &run) == REGIME_OK;
  if (good) printf("%.6f %s\n", regime_path_state(path)[0], regime_outcome_text(regime_path_outcome(regime_run_path(run))));
  regime_run_free(run);
  regime_model_free(model);
  regime_path_free(path);
  regime_context_free(context);
  return good ? 0 : 1;
}
CODE
flags=
grep -q '^REGIME_SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt" && flags="-fsanitize=address,undefined"
LD_LIBRARY_PATH=$(dirname "$(find "$work/usr" -name libregime.so)")
export LD_LIBRARY_PATH

judge() {
  "$1" >.out 2>.err || fail "$1 does not run"
  [ "$(cat .out)" = "0.367879 reached end" ] || fail "$1 answers something else"
}

PKG_CONFIG_PATH=$LD_LIBRARY_PATH/pkgconfig
export PKG_CONFIG_PATH
cc -std=c11 -Wall -Werror $flags program.c $(pkg-config --cflags --libs regime) -o by_pkgconfig 2>.err || fail "cc by pkg-config"
judge ./by_pkgconfig

cat >CMakeLists.txt <<'CODE'
cmake_minimum_required(VERSION 3.22)
project(outside C)
find_package(regime 0.1 REQUIRED)
add_executable(by_cmake program.c)
target_link_libraries(by_cmake PRIVATE regime::regime)
CODE
cmake -S . -B outside -DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_C_FLAGS="$flags" >.out 2>.err || fail "find_package(regime)"
cmake --build outside >.out 2>.err || fail "building with find_package"
judge outside/by_cmake

# What is internal stays so.
nm -D --defined-only "$LD_LIBRARY_PATH/libregime.so" | awk '{ print $3 }' | grep -v '^regime_' >.out && fail "the library shows more than regime_*"
exit 0
