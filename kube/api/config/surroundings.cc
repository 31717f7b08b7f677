#include "kube/api/config/surroundings.h"

#include <climits>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

extern char** environ;

namespace sts::kube {
namespace {

// No kubeconfig, token or certificate comes near; /dev/zero does.
constexpr std::size_t kMaxFile = 16U << 20;

tl::unexpected<FileFailure> refused(int error) {
  return tl::unexpected<FileFailure>(FileFailure{error == ENOENT, std::strerror(error)});
}

tl::expected<std::string, FileFailure> read_whole_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return refused(errno);
  std::string bytes;
  char buffer[16 * 1024];
  int error = 0;
  while (true) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error = errno;
    if (got <= 0) break;
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > kMaxFile) {
      error = EFBIG;
      break;
    }
  }
  ::close(fd);
  ::explicit_bzero(buffer, sizeof buffer);
  if (error != 0) return refused(error);
  return bytes;
}

bool is_executable_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

Environment own_environment() {
  Environment result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::size_t sign = text.find('=');
    if (sign != std::string::npos) result.emplace(text.substr(0, sign), text.substr(sign + 1));
  }
  return result;
}

}  // namespace

Surroundings real_surroundings(ProcessStop stop) {
  char folder[PATH_MAX];
  Surroundings result;
  result.environment = own_environment();
  result.working_directory = ::getcwd(folder, sizeof folder) != nullptr ? folder : "/";
  result.stdin_is_terminal = ::isatty(STDIN_FILENO) == 1;
  result.read_file = read_whole_file;
  result.is_executable = is_executable_file;
  result.now = [] { return std::chrono::system_clock::now(); };
  result.run = [stop = std::move(stop)](const ProcessRequest& request) {
    return run_process(request, stop);
  };
  return result;
}

}  // namespace sts::kube
