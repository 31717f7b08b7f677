#pragma once

#include <map>
#include <string>

namespace sts::kube {

/// Environment variables by name.
using Environment = std::map<std::string, std::string>;

inline std::string variable(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

}  // namespace sts::kube
