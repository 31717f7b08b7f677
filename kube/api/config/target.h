#pragma once

#include "kube/api/config/overrides.h"
#include "kube/api/config/surroundings.h"
#include "kube/api/connection.h"

#include <chrono>
#include <string>
#include <vector>

namespace sts::kube {

/// Where a command goes, as kubectl would go there with the same flags, files and environment.
struct Target {
  Connection connection;
  std::string name_space;                       // never empty
  std::string context;                          // its name, or "" where there is none
  std::chrono::milliseconds request_timeout{};  // 0: none
  /// What a user may wonder about: nothing configured, nobody logged in. One line each.
  std::vector<std::string> notes;
};

/// Reads files; runs no plugin and sends nothing. Errors are one line, name the next step and hold
/// nothing secret.
Result<Target> find_target(const Overrides& flags, const Surroundings& surroundings);

}  // namespace sts::kube
