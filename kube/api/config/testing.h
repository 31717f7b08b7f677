#pragma once

#include "kube/api/config/surroundings.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

// For the tests of this folder.

namespace sts::kube::testing {

/// A world of its own: files, variables, a clock that stands still, a runner that records.
struct FakeWorld {
  Environment environment = {{"HOME", "/home/me"}, {"PATH", "/usr/bin"}};
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> unreadable;  // path and why
  std::vector<std::string> programs;
  bool stdin_is_terminal = false;
  std::chrono::system_clock::time_point now{std::chrono::seconds(1'700'000'000)};
  std::vector<ProcessRequest> ran;
  std::vector<ProcessOutcome> outcomes;  // of one run after the other; the last one repeats

  /// Refers to this object.
  Surroundings surroundings() {
    Surroundings result;
    result.environment = environment;
    result.working_directory = "/work/dir";
    result.stdin_is_terminal = stdin_is_terminal;
    result.read_file = [this](const std::string& path) -> tl::expected<std::string, FileFailure> {
      if (const auto why = unreadable.find(path); why != unreadable.end()) {
        return tl::unexpected<FileFailure>(FileFailure{false, why->second});
      }
      const auto file = files.find(path);
      if (file != files.end()) return file->second;
      return tl::unexpected<FileFailure>(FileFailure{true, "No such file or directory"});
    };
    result.is_executable = [this](const std::string& path) {
      return std::find(programs.begin(), programs.end(), path) != programs.end();
    };
    result.now = [this] { return now; };
    result.run = [this](const ProcessRequest& request) -> Result<ProcessOutcome> {
      ran.push_back(request);
      return outcomes[std::min(ran.size(), outcomes.size()) - 1];
    };
    return result;
  }
};

inline const std::string kCertificate =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
inline const std::string kKey = "-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----\n";

}  // namespace sts::kube::testing
