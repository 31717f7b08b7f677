#pragma once

#include "kube/api/config/environment.h"
#include "kube/process.h"
#include "kube/result.h"

#include <tl/expected.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace sts::kube {

struct FileFailure {
  bool missing = false;  // ENOENT and nothing else, as Go's os.IsNotExist
  std::string why;       // "permission denied"
};

/// What the connection's configuration takes from the world, passed in so that it can be tested.
struct Surroundings {
  Environment environment;
  std::string working_directory;  // absolute
  bool stdin_is_terminal = false;
  std::function<tl::expected<std::string, FileFailure>(const std::string& path)> read_file;
  std::function<bool(const std::string& path)> is_executable;
  std::function<std::chrono::system_clock::time_point()> now;
  /// Runs a credential plugin; blocks until it has ended.
  std::function<Result<ProcessOutcome>(const ProcessRequest&)> run;
};

/// This process's own. Files beyond 16 MiB are refused. Plugins end when `stop` says so (see
/// process.h).
Surroundings real_surroundings(ProcessStop stop);

}  // namespace sts::kube
