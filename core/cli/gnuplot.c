/* gnuplot.c — gnuplot as a child process. */
#include "cli/gnuplot.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_PROGRAM = 127, CANNOT_RUN = 126 }; /* as shells answer */

static _Noreturn void become_gnuplot(const char *folder, const char *script, const char *format) {
  char setting[64];
  snprintf(setting, sizeof setting, "format='%s'", format);
  const bool ready = chdir(folder) == 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
  setenv("LC_ALL", "C.UTF-8", 1); /* a decimal point, and texts in UTF-8, whatever the user's language */
  if (ready) execlp("gnuplot", "gnuplot", "-e", setting, script, (char *)NULL);
  _exit(ready && errno == ENOENT ? NO_PROGRAM : CANNOT_RUN);
}

rg_drawing rg_gnuplot_run(const char *folder, const char *script, const char *format) {
  fflush(NULL);
  const pid_t child = fork();
  if (child < 0) return RG_NOT_DRAWN;
  if (child == 0) become_gnuplot(folder, script, format);
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return RG_NOT_DRAWN;
  if (!WIFEXITED(status)) return RG_NOT_DRAWN;
  if (WEXITSTATUS(status) == NO_PROGRAM) return RG_NO_GNUPLOT;
  return WEXITSTATUS(status) == 0 ? RG_DRAWN : RG_NOT_DRAWN;
}
