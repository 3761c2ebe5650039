/* fuzz_model.c — a libFuzzer target: any bytes are a model file that loads or is refused.
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -D_POSIX_C_SOURCE=200809L -Iinclude -Icore \
 *     tests/fuzz/fuzz_model.c $(ls core/{base,symbolic,program,linalg,model}/[a-z]*.c) \
 *     $(pkg-config --libs libconfig lapacke) -lcsv -lm -o fuzz_model
 *   ./fuzz_model -max_len=4096 corpus/ models/textbook/goodwin models/textbook/keen
 */
#include <regime/model.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char path[] = "/tmp/regime-fuzz-XXXXXX";
  const int descriptor = mkstemp(path);
  if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size) abort();
  close(descriptor);
  regime_context *context = NULL;
  regime_model *model = NULL;
  if (regime_context_create(&context) != REGIME_OK) abort();
  if (regime_model_load(context, path, &model) != REGIME_OK && regime_diagnostic_errors(context) == 0)
    abort();
  regime_model_free(model);
  regime_context_free(context);
  remove(path);
  return 0;
}
