#include "lint/input/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace sts::lint {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;

  // O_CLOEXEC, or a second child would inherit the ends and keep the first one waiting.
  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  ~Pipe() {
    close_end(read);
    close_end(write);
  }
};

// -1 stands for /dev/null.
Result<pid_t> spawn(const std::vector<std::string>& argv, int in, int out, int err) {
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::array<int, 3> ends = {in, out, err};
  for (int fd = 0; fd < 3; ++fd) {
    if (ends[static_cast<std::size_t>(fd)] >= 0) {
      posix_spawn_file_actions_adddup2(&actions, ends[static_cast<std::size_t>(fd)], fd);
    } else {
      posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", fd == 0 ? O_RDONLY : O_WRONLY, 0);
    }
  }
  pid_t pid = 0;
  const int failure = posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return fail("cannot run " + argv[0] + ": " + std::strerror(failure));
  return pid;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// git's `fatal:` line, behind which advice may follow; else the last one.
std::string telling_line(std::string_view text) {
  constexpr std::string_view kFatal = "fatal: ";
  for (std::size_t at = text.find(kFatal); at != std::string_view::npos;
       at = text.find(kFatal, at + 1)) {
    if (at == 0 || text[at - 1] == '\n')
      return std::string(text.substr(at, text.find('\n', at) - at));
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const std::size_t start = text.rfind('\n');
  return std::string(start == std::string_view::npos ? text : text.substr(start + 1));
}

}  // namespace

Result<std::string> run_program(const std::vector<std::string>& argv) {
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open())
    return fail(std::string("cannot make a pipe: ") + std::strerror(errno));
  const Result<pid_t> pid = spawn(argv, -1, out.write, err.write);
  if (!pid) return tl::unexpected(pid.error());
  Pipe::close_end(out.write);
  Pipe::close_end(err.write);

  // Both at once: a program that fills the pipe nobody reads would wait for ever.
  std::string output;
  std::string complaint;
  std::array<pollfd, 2> ends = {pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      std::array<char, 65536> block{};
      const ssize_t got = read(ends[i].fd, block.data(), block.size());
      if (got > 0) {
        (i == 0 ? output : complaint).append(block.data(), static_cast<std::size_t>(got));
      } else if (got == 0 || errno != EINTR) {
        ends[i].fd = -1;
      }
    }
  }
  const int status = wait_for(*pid);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    const std::string why = telling_line(complaint);
    // `env NAME=value … program`: the program is meant.
    const auto named = std::find_if(argv.begin(), argv.end(), [](const std::string& word) {
      return word != "env" && word.find('=') == std::string::npos;
    });
    const std::string& program = named == argv.end() ? argv[0] : *named;
    return fail(program + (why.empty() ? " failed" : ": " + why));
  }
  return output;
}

Result<Coprocess> Coprocess::start(const std::vector<std::string>& argv) {
  Pipe in;
  Pipe out;
  if (!in.open() || !out.open())
    return fail(std::string("cannot make a pipe: ") + std::strerror(errno));
  const Result<pid_t> pid = spawn(argv, in.read, out.write, -1);
  if (!pid) return tl::unexpected(pid.error());
  return Coprocess(*pid, std::exchange(in.write, -1), std::exchange(out.read, -1));
}

Coprocess::Coprocess(Coprocess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      in_(std::exchange(other.in_, -1)),
      out_(std::exchange(other.out_, -1)),
      buffer_(std::move(other.buffer_)),
      at_(other.at_) {}

Coprocess::~Coprocess() {
  if (pid_ < 0) return;
  close(in_);
  close(out_);
  wait_for(pid_);
}

bool Coprocess::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(in_, text.data(), text.size());
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Coprocess::fill() {
  if (at_ > 0) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  std::array<char, 65536> block{};
  ssize_t got = 0;
  do {
    got = read(out_, block.data(), block.size());
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return false;
  buffer_.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

Result<std::string> Coprocess::read_line() {
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(at_, end - at_);
      at_ = end + 1;
      return line;
    }
    if (!fill()) return fail("the program ended early");
  }
}

Result<std::string> Coprocess::read_exactly(std::size_t count, bool keep) {
  std::string bytes;
  if (keep) bytes.reserve(count);
  while (count > 0) {
    if (at_ == buffer_.size() && !fill()) return fail("the program ended early");
    const std::size_t some = std::min(count, buffer_.size() - at_);
    if (keep) bytes.append(buffer_, at_, some);
    at_ += some;
    count -= some;
  }
  return bytes;
}

}  // namespace sts::lint
