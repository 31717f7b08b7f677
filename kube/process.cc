#include "kube/process.h"

#include <climits>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sts {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kGrace{200};  // between SIGTERM and SIGKILL
constexpr milliseconds kTick{20};    // where the kernel has no pidfd_open (before 5.3)

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { close(); }
  int get() const { return fd_; }
  void reset(int fd) {
    close();
    fd_ = fd;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

Result<ProcessOutcome> system_failure(const char* what) {
  return fail(std::string(what) + ": " + std::strerror(errno));
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// posix_spawn's attributes and file actions, freed.
class SpawnSettings {
 public:
  SpawnSettings(bool inherit_stdin, int stdout_fd) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    if (!inherit_stdin) {
      ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions_, stdout_fd, STDOUT_FILENO);
    // Our signals may be blocked for a signalfd, and SIGPIPE ignored: the child's are not.
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  int spawn(pid_t& pid, const ProcessRequest& request) const {
    std::vector<std::string> arguments = request.arguments;
    arguments.insert(arguments.begin(), request.file);
    std::vector<std::string> environment = request.environment;
    return ::posix_spawn(&pid, request.file.c_str(), &actions_, &attributes_,
                         pointers(arguments).data(), pointers(environment).data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

class Child {
 public:
  Child(pid_t pid, int output, const ProcessRequest& request, const ProcessStop& stop, int wake)
      : pid_(pid), output_(output), limit_(request.output_limit), stop_(stop), wake_(wake) {
    if (request.timeout) deadline_ = Clock::now() + *request.timeout;
#ifdef SYS_pidfd_open
    pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
#endif
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (!reaped_) {
      ::kill(pid_, SIGKILL);
      reap(0);
    }
  }

  ProcessOutcome wait() {
    while (!reaped_ || output_ >= 0) {
      if (const auto why = step()) return end_early(*why);
    }
    ProcessOutcome outcome;
    if (WIFSIGNALED(status_)) {
      outcome.end = ProcessEnd::kSignalled;
      outcome.code = WTERMSIG(status_);
    } else {
      outcome.code = WEXITSTATUS(status_);
      outcome.output = std::move(text_);
    }
    return outcome;
  }

 private:
  // Waits for one thing to happen. Returns why the child must end, if it must.
  std::optional<ProcessEnd> step() {
    pollfd fds[] = {
        {output_, POLLIN, 0},
        {reaped_ ? -1 : pidfd_.get(), POLLIN, 0},
        {wake_, POLLIN, 0},
        {stop_.readable_fd, POLLIN, 0},
    };
    if (::poll(fds, std::size(fds), patience(deadline_)) < 0 && errno != EINTR) {
      return ProcessEnd::kStopped;
    }
    if (stop_.token.stop_requested() || fds[3].revents != 0) return ProcessEnd::kStopped;
    if (deadline_ && Clock::now() >= *deadline_) return ProcessEnd::kTimedOut;
    if (fds[0].revents != 0) read_some();
    if (text_.size() > limit_) return ProcessEnd::kTooMuchOutput;
    if (!reaped_) reap(WNOHANG);
    return std::nullopt;
  }

  // poll()'s timeout until then; without a pidfd the child's end is looked for now and again.
  int patience(const std::optional<Clock::time_point>& until) const {
    auto left = milliseconds::max();
    if (until) left = std::chrono::ceil<milliseconds>(*until - Clock::now());
    if (!reaped_ && pidfd_.get() < 0) left = std::min(left, kTick);
    if (left == milliseconds::max()) return -1;
    return static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, INT_MAX));
  }

  void read_some() {
    char buffer[16 * 1024];
    const ssize_t got = ::read(output_, buffer, sizeof buffer);
    if (got > 0) text_.append(buffer, static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) output_ = -1;
    ::explicit_bzero(buffer, sizeof buffer);
  }

  void reap(int options) {
    pid_t got = 0;
    do {
      got = ::waitpid(pid_, &status_, options);
    } while (got < 0 && errno == EINTR);
    // Somebody else may have reaped it (SIGCHLD ignored); then it is gone, too.
    if (got != 0) reaped_ = true;
  }

  ProcessOutcome end_early(ProcessEnd why) {
    ProcessOutcome outcome;
    outcome.end = why;
    if (!reaped_) ::kill(pid_, SIGTERM);
    const auto until = Clock::now() + kGrace;
    while (!reaped_ && Clock::now() < until) {
      pollfd gone{pidfd_.get(), POLLIN, 0};
      ::poll(&gone, 1, patience(until));
      reap(WNOHANG);
    }
    if (!reaped_) {
      ::kill(pid_, SIGKILL);
      reap(0);
    }
    return outcome;
  }

  pid_t pid_;
  int output_;  // -1 once it is closed
  std::size_t limit_;
  const ProcessStop& stop_;
  int wake_;
  Fd pidfd_;
  std::optional<Clock::time_point> deadline_;
  std::string text_;
  int status_ = 0;
  bool reaped_ = false;
};

}  // namespace

Result<ProcessOutcome> run_process(const ProcessRequest& request, const ProcessStop& stop) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_failure("pipe");
  const Fd output(ends[0]);
  Fd input(ends[1]);
  const Fd wake(::eventfd(0, EFD_CLOEXEC));
  if (wake.get() < 0) return system_failure("eventfd");
  const std::stop_callback on_stop(stop.token, [&wake] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake.get(), &one, sizeof one);
  });

  pid_t pid = 0;
  const int error = SpawnSettings(request.inherit_stdin, input.get()).spawn(pid, request);
  if (error != 0) return ProcessOutcome{ProcessEnd::kNotStarted, error, ""};
  input.close();
  return Child(pid, output.get(), request, stop, wake.get()).wait();
}

}  // namespace sts
