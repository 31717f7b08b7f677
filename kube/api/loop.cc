#include "kube/api/loop.h"

#include <algorithm>
#include <poll.h>

namespace sts::kube {
namespace {

// A wait has an end even with nothing to wait for: sleeping for ever helps nobody.
constexpr Milliseconds kLongestWait{60'000};

}  // namespace

Instant SystemClock::now() const { return std::chrono::steady_clock::now(); }
WallTime SystemClock::wall() const { return std::chrono::system_clock::now(); }

void PollWaiter::wait(Milliseconds at_most, int fd) {
  pollfd one{fd, POLLIN, 0};
  poll(&one, fd >= 0 ? 1 : 0, static_cast<int>(at_most.count()));
}

Loop::TimerId Loop::after(Milliseconds delay, std::function<void()> work) {
  const TimerId timer = ++last_timer_;
  const Instant due = clock_.now() + delay;
  timers_.emplace(std::pair(due, timer), std::move(work));
  due_.emplace(timer, due);
  return timer;
}

void Loop::cancel(TimerId timer) {
  const auto due = due_.find(timer);
  if (due == due_.end()) return;
  timers_.erase(std::pair(due->second, timer));
  due_.erase(due);
}

bool Loop::run_until(const std::function<bool()>& done) {
  while (!done()) {
    take_signals();
    if (interrupted_ != 0 && !acknowledged_) return false;
    run_due_timers();
    if (done()) return true;
    Milliseconds at_most = kLongestWait;
    if (!timers_.empty()) {
      // Rounded up: a timer that wakes us too early would make us spin until it is due.
      const auto left =
          std::chrono::ceil<Milliseconds>(timers_.begin()->first.first - clock_.now());
      at_most = std::clamp(left, Milliseconds(0), kLongestWait);
    }
    waiter_.wait(at_most, signals_ == nullptr ? -1 : signals_->fd());
  }
  return true;
}

void Loop::take_signals() {
  if (signals_ == nullptr) return;
  while (const auto signal = signals_->take()) interrupted_ = *signal;
}

void Loop::run_due_timers() {
  // Only what is due now: work that asks for another timer of no delay must not keep us here.
  const std::pair<Instant, TimerId> last(clock_.now(), last_timer_);
  while (!timers_.empty() && timers_.begin()->first <= last) {
    const auto first = timers_.begin();
    const auto work = std::move(first->second);
    due_.erase(first->first.second);
    timers_.erase(first);
    work();
  }
}

}  // namespace sts::kube
