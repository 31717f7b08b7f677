#include "lint/input/project.h"

#include "lint/input/size_limit.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sts::lint {
namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

const Owner& Owners::of_folder(const std::string& folder) {
  if (const auto it = known_.find(folder); it != known_.end()) return it->second;
  Owner owner;
  if (has_config_(folder)) {
    owner = {ProjectRoot::kConfigFile, folder};
  } else if (is_git_root_(folder)) {
    owner = {ProjectRoot::kGit, folder};
  } else if (folder != "/" && !folder.empty()) {
    owner = of_folder(parent_of(folder));
  }
  return known_.emplace(folder, std::move(owner)).first->second;
}

const Owner& Owners::of_file(const std::string& path) { return of_folder(parent_of(path)); }

std::shared_ptr<ProjectFile> make_project_file(std::string path, bool target) {
  auto file = std::make_shared<ProjectFile>();
  const std::size_t slash = path.rfind('/');
  file->folder = slash == std::string::npos ? "" : path.substr(0, slash);
  file->path = std::move(path);
  file->target = target;
  return file;
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int why = errno;
    return fail(std::string(std::strerror(why)) + (why == EACCES ? "; check the permissions" : ""));
  }
  struct Closer {
    int fd;
    ~Closer() { close(fd); }
  } closer{fd};

  struct stat status {};
  if (fstat(fd, &status) != 0) return fail(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return fail(std::strerror(EISDIR));
  std::string bytes;
  if (S_ISREG(status.st_mode)) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > limit) return fail(over_the_limit(size, limit));
    bytes.reserve(size);
  }
  std::array<char, 65536> block;  // NOLINT(*-member-init): filled by read
  for (;;) {
    const ssize_t got = read(fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(std::strerror(errno));
    if (got == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(got));
    if (bytes.size() > limit) return fail(over_the_limit(limit));
  }
}

}  // namespace sts::lint
