#pragma once

#include "kube/api/config/surroundings.h"

#include <optional>
#include <string>

namespace sts::kube {

/// A bearer token that somebody else keeps fresh in a file (client-go v0.37,
/// transport/token_source.go): read again 50 s after it was read; while that fails, the last one
/// that was read counts.
class TokenFile {
 public:
  TokenFile(std::string path, const Surroundings& surroundings);

  /// Without the blanks around it. Fails where none has been read yet.
  Result<std::string> token();
  /// Forgets when it was read, so that the next token() reads the file.
  void expire() { read_at_.reset(); }

 private:
  std::string path_;
  decltype(Surroundings::read_file) read_file_;
  decltype(Surroundings::now) now_;
  std::string token_;
  std::optional<std::chrono::system_clock::time_point> read_at_;
};

}  // namespace sts::kube
