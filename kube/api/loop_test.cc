#include "kube/api/loop.h"

#include "kube/api/fake_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class LoopTest : public testing::Test {
 protected:
  FakeTransport fake_;
  Loop loop_{fake_, fake_};
  std::vector<std::string> calls_;

  std::function<void()> note(const std::string& name) {
    return [this, name] { calls_.push_back(name); };
  }
  std::function<bool()> noted(std::size_t count) {
    return [this, count] { return calls_.size() >= count; };
  }
};

TEST_F(LoopTest, CallsTimersInTheOrderOfTheirTimeThenOfTheirMaking) {
  loop_.after(seconds(2), note("late"));
  loop_.after(seconds(1), note("first"));
  loop_.after(seconds(1), note("second"));
  const Instant begun = fake_.now();
  EXPECT_TRUE(loop_.run_until(noted(3)));
  EXPECT_THAT(calls_, ElementsAre("first", "second", "late"));
  EXPECT_EQ(fake_.now() - begun, seconds(2));
}

TEST_F(LoopTest, ACancelledTimerIsNotCalledEvenIfItIsDue) {
  Loop::TimerId other = 0;
  loop_.after(seconds(1), [&] {
    calls_.emplace_back("first");
    loop_.cancel(other);
  });
  other = loop_.after(seconds(1), note("cancelled"));
  loop_.after(seconds(1), note("last"));
  loop_.run_until(noted(2));
  EXPECT_THAT(calls_, ElementsAre("first", "last"));
  loop_.cancel(other);  // harmless
  loop_.cancel(0);
}

TEST_F(LoopTest, ATimerOfATimerDoesNotStarveTheRest) {
  std::function<void()> again = [&] {
    calls_.emplace_back("again");
    loop_.after(Milliseconds(0), again);
  };
  loop_.after(Milliseconds(0), again);
  loop_.after(Milliseconds(0), note("other"));
  loop_.run_until(noted(3));
  EXPECT_THAT(calls_, ElementsAre("again", "other", "again"));
}

TEST_F(LoopTest, AsksFirstWhetherThereIsAnythingToDo) {
  loop_.after(Milliseconds(0), note("never"));
  EXPECT_TRUE(loop_.run_until([] { return true; }));
  EXPECT_TRUE(calls_.empty());
}

TEST(LoopSignals, ASignalStopsTheLoopUntilItIsAcknowledged) {
  Signals signals;
  PollWaiter waiter;
  const SystemClock clock;
  Loop loop(waiter, clock, signals);
  int wakes = 0;
  loop.after(Milliseconds(0), [] { kill(getpid(), SIGTERM); });
  EXPECT_FALSE(loop.run_until([] { return false; }));
  EXPECT_EQ(loop.interrupted(), SIGTERM);
  EXPECT_FALSE(loop.run_until([] { return false; })) << "not acknowledged yet";
  loop.acknowledge();
  loop.after(Milliseconds(0), [&] { ++wakes; });
  EXPECT_TRUE(loop.run_until([&] { return wakes == 1; }));
}

TEST(LoopSignals, TheNextSignalEndsTheProcess) {
  EXPECT_EXIT(
      {
        Signals signals;
        PollWaiter waiter;
        const SystemClock clock;
        Loop loop(waiter, clock, signals);
        kill(getpid(), SIGINT);
        loop.run_until([] { return false; });
        loop.acknowledge();
        kill(getpid(), SIGINT);
        loop.run_until([] { return false; });
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(Signals, LeavesTheMaskAsItWas) {
  sigset_t before;
  sigset_t after;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  {
    const Signals signals;
    pthread_sigmask(SIG_BLOCK, nullptr, &after);
    EXPECT_EQ(sigismember(&after, SIGINT), 1);
  }
  pthread_sigmask(SIG_BLOCK, nullptr, &after);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EQ(sigismember(&before, signal), sigismember(&after, signal));
  }
}

TEST(FakeTransport, SaysSoWhereATestWouldHang) {
  FakeTransport fake;
  Loop loop(fake, fake);
  EXPECT_THROW(loop.run_until([] { return false; }), std::logic_error);
}

}  // namespace
}  // namespace sts::kube
