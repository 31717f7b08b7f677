#include "cmd/output.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace sts::cmd {
namespace {

// errno of the failure, 0 for none.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Result<void> write_stdout(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error != 0 && error != EPIPE) {
    return fail("cannot write to standard output: " + std::string(std::strerror(error)));
  }
  return {};
}

void write_stderr(std::string_view text) { write_all(STDERR_FILENO, text); }

Result<void> append_to_file(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  int error = file < 0 ? errno : 0;
  if (file >= 0) {
    error = write_all(file, text);
    if (::close(file) != 0 && error == 0) error = errno;
  }
  if (error != 0) return fail("cannot write to " + path + ": " + std::strerror(error));
  return {};
}

bool use_colour(ColourChoice choice) {
  if (choice != ColourChoice::kAuto) return choice == ColourChoice::kAlways;
  const char* const term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr &&
         (term == nullptr || std::string_view(term) != "dumb");
}

}  // namespace sts::cmd
