#pragma once

#include "kube/result.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace sts::lint {

/// Runs a program found on PATH, never through a shell, with no standard input, and gives what it
/// wrote to standard output. Fails when it cannot be started or exits other than 0; the message is
/// the last line that it wrote to standard error.
Result<std::string> run_program(const std::vector<std::string>& argv);

/// A program that answers on its standard output what is written to its standard input.
/// Not thread-safe. Ends the program when destroyed.
class Coprocess {
 public:
  static Result<Coprocess> start(const std::vector<std::string>& argv);
  Coprocess(Coprocess&& other) noexcept;
  Coprocess& operator=(Coprocess&&) = delete;
  ~Coprocess();

  bool write(std::string_view text);
  /// Up to and without the next newline; fails at the end of the output.
  Result<std::string> read_line();
  /// Exactly `count` bytes, dropped when `keep` is false.
  Result<std::string> read_exactly(std::size_t count, bool keep = true);

 private:
  Coprocess(pid_t pid, int in, int out) : pid_(pid), in_(in), out_(out) {}
  bool fill();

  pid_t pid_;
  int in_;
  int out_;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace sts::lint
