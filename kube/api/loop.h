#pragma once

#include "kube/result.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace sts::kube {

using Milliseconds = std::chrono::milliseconds;
/// Of a clock that never jumps; only differences mean something.
using Instant = std::chrono::time_point<std::chrono::steady_clock>;
/// The calendar's time, to compare with what the server wrote down.
using WallTime = std::chrono::time_point<std::chrono::system_clock>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual WallTime wall() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
  WallTime wall() const override;
};

/// What the loop sleeps in while nothing is to be done. The transport's own (curl_multi_poll, which
/// sees to its sockets), Poll where there is none, or FakeNetwork's, which turns the clock.
class Waiter {
 public:
  virtual ~Waiter() = default;
  /// Does what can be done at once; else sleeps until something happens, `fd` (-1: none) becomes
  /// readable, or `at_most` is over. May return early.
  virtual void wait(Milliseconds at_most, int fd) = 0;
};

/// Sleeps in poll(2).
class PollWaiter final : public Waiter {
 public:
  void wait(Milliseconds at_most, int fd) override;
};

/// SIGINT, SIGTERM and SIGHUP read from a descriptor instead of interrupting something. To be made
/// first thing in a command that uses the network, before there is a second thread: all threads
/// inherit the blocked signals. A child process must be started with an empty signal mask
/// (POSIX_SPAWN_SETSIGMASK), and who waits for a child polls fd() as well: readable means that the
/// user wants to stop. Once one was taken, and when this is destroyed, signals are what they were
/// before: the next one ends the process.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int fd() const { return fd_; }
  /// Takes a signal that has come; nothing if none has.
  std::optional<int> take();

 private:
  void restore();

  int fd_ = -1;
  bool blocked_ = false;
  sigset_t before_{};
};

/// The one loop of a command that uses the network: timers, signals and the transport, on the main
/// thread. Everything is called from run_until.
class Loop {
 public:
  using TimerId = std::uint64_t;

  /// All must outlive the loop. Without Signals it is never interrupted.
  Loop(Waiter& waiter, const Clock& clock) : waiter_(waiter), clock_(clock) {}
  Loop(Waiter& waiter, const Clock& clock, Signals& signals)
      : waiter_(waiter), clock_(clock), signals_(&signals) {}
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  const Clock& clock() const { return clock_; }

  /// Calls `work` once, not before `delay` is over; never from within after() itself. Ids are not
  /// used twice; 0 is none.
  TimerId after(Milliseconds delay, std::function<void()> work);
  /// Harmless for a timer that was called or cancelled.
  void cancel(TimerId timer);

  /// Runs until `done` is true, which is asked after everything that happened. False: the user
  /// asked to stop before (interrupted() says how), and nothing was cancelled yet: destroy what is
  /// under way, or acknowledge() and run on to leave things tidy.
  bool run_until(const std::function<bool()>& done);

  /// The signal that asked to stop, 0 if none did.
  int interrupted() const { return interrupted_; }
  /// Lets run_until work again after an interrupt; another signal ends the process at once.
  void acknowledge() { acknowledged_ = true; }

 private:
  void take_signals();
  void run_due_timers();

  Waiter& waiter_;
  const Clock& clock_;
  Signals* signals_ = nullptr;
  std::map<std::pair<Instant, TimerId>, std::function<void()>> timers_;
  std::map<TimerId, Instant> due_;
  TimerId last_timer_ = 0;
  int interrupted_ = 0;
  bool acknowledged_ = false;
};

}  // namespace sts::kube
