#pragma once

#include "kube/result.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace sts {

/// What ends a child before its time. `readable_fd`, where it is not negative, does so by becoming
/// readable (a signalfd, for instance); nothing is read from it.
struct ProcessStop {
  std::stop_token token;
  int readable_fd = -1;
};

struct ProcessRequest {
  std::string file;                      // a path; no search, no shell
  std::vector<std::string> arguments;    // without argv[0], which is `file`
  std::vector<std::string> environment;  // NAME=value, the whole of it
  bool inherit_stdin = false;            // else it reads from /dev/null
  std::size_t output_limit = 1U << 20;   // bytes of stdout; more ends it
  std::optional<std::chrono::milliseconds> timeout;
};

enum class ProcessEnd {
  kExited,
  kSignalled,
  kTimedOut,
  kStopped,
  kTooMuchOutput,
  kNotStarted,
};

struct ProcessOutcome {
  ProcessEnd end = ProcessEnd::kExited;
  /// The exit code, the signal, or why it was not started (errno).
  int code = 0;
  std::string output;  // stdout; of a child that exited only
};

/// Runs a child and waits for it: until it has exited and its stdout is closed, as Go's
/// exec.Cmd.Run. Its stderr is ours. It starts with no signal blocked or ignored, whatever we do.
/// One that has to be ended gets SIGTERM, and SIGKILL where it is still there 200 ms later. Fails
/// only where the system refuses what any child needs.
Result<ProcessOutcome> run_process(const ProcessRequest& request, const ProcessStop& stop);

}  // namespace sts
