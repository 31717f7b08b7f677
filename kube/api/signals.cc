#include "kube/api/loop.h"

#include <sys/signalfd.h>
#include <unistd.h>

namespace sts::kube {

Signals::Signals() {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // Who starts us with a signal ignored (nohup) wants it to stay so.
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN) sigaddset(&ours, signal);
  }
  blocked_ = pthread_sigmask(SIG_BLOCK, &ours, &before_) == 0;
  fd_ = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
  // Out of descriptors: signals then end the process as they always did.
  if (fd_ < 0) restore();
}

Signals::~Signals() {
  restore();
  if (fd_ >= 0) close(fd_);
}

void Signals::restore() {
  if (blocked_) pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  blocked_ = false;
}

std::optional<int> Signals::take() {
  if (fd_ < 0) return std::nullopt;
  signalfd_siginfo info = {};
  if (read(fd_, &info, sizeof info) != sizeof info) return std::nullopt;
  restore();
  return static_cast<int>(info.ssi_signo);
}

}  // namespace sts::kube
