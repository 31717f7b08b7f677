// Random canaries on the model of the controller: what must never happen does not, whatever fails,
// is killed, edited, drained or asked for meanwhile. Every schedule comes from its number alone; a
// failure prints it, and STS_SCHEDULE=number runs that one.
#include "rollout/canary/invariants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace sts::rollout::canary {
namespace {

using rehearsal::Fault;
using std::chrono::seconds;

// splitmix64: the standard's distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::int64_t upto(std::int64_t most) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(most + 1));
  }
  std::int64_t between(std::int64_t least, std::int64_t most) { return least + upto(most - least); }
  bool one_in(std::int64_t n) { return upto(n - 1) == 0; }
  template <typename T, std::size_t N>
  T of(const T (&all)[N]) {
    return all[upto(static_cast<std::int64_t>(N) - 1)];
  }

 private:
  std::uint64_t state_;
};

enum class What {
  kKill,   // the driver, at its next requests
  kDrain,  // a pod
  kSkew,   // the server's clock jumps
  kRival,  // a second driver comes
  kRequest,
  kTemplate,
  kPartition,
  kReplicas,
  kMinReady,
  kStrategy,
  kAnnotation,
};
constexpr const char* kNames[] = {"kill",     "drain",    "skew",      "rival",
                                  "request",  "template", "partition", "replicas",
                                  "minReady", "strategy", "annotation"};

struct Event {
  std::int64_t at = 0;
  What what = What::kKill;
  std::int64_t value = 0;
};

struct Schedule {
  std::uint64_t number = 0;
  Play::Setup setup;
  Plan plan;
  Fault fault = Fault::kNone;
  std::int64_t faulty = -1;  // index of the only faulty pod; -1: all of the revision
  std::vector<Event> events;
  std::int64_t length = 400;
};

std::string print(const Schedule& s) {
  std::string text =
      "schedule " + std::to_string(s.number) + ": " + to_string(s.setup.version) + ", " +
      std::to_string(s.setup.replicas) + " pods, " +
      (s.setup.management == kube::PodManagement::kParallel ? "Parallel" : "Ordered") +
      ", maxUnavailable " +
      (s.setup.max_unavailable ? std::to_string(s.setup.max_unavailable->value) : "-") +
      ", minReady " + std::to_string(s.setup.min_ready_seconds) + ", start " +
      std::to_string(s.setup.start) + ", fault " + std::string(to_string(s.fault)) + " of " +
      std::to_string(s.faulty);
  for (const Event& event : s.events) {
    text += "\n  " + std::to_string(event.at) + "s " + kNames[static_cast<int>(event.what)] + " " +
            std::to_string(event.value);
  }
  return text;
}

Schedule common(std::uint64_t number, Dice& dice) {
  Schedule s;
  s.number = number;
  static constexpr kube::Version kVersions[] = {{1, 33, 13}, {1, 35, 1}, {1, 37, 1}};
  s.setup.version = dice.of(kVersions);
  s.setup.replicas = dice.between(2, 5);
  if (dice.one_in(2)) s.setup.management = kube::PodManagement::kParallel;
  if (dice.one_in(3)) s.setup.max_unavailable = kube::IntOrPercent{dice.between(1, 3), false};
  if (dice.one_in(3)) s.setup.min_ready_seconds = dice.between(1, 3);
  if (dice.one_in(3)) s.setup.start = dice.between(1, 7);
  static constexpr const char* kSteps[] = {"1,50%,100%", "100%", "1,100%", "50%,100%"};
  s.plan.steps = parse_steps(dice.of(kSteps)).value();
  s.plan.soak = seconds(dice.between(0, 5));
  s.plan.pod_deadline = seconds(40);
  s.plan.hold = !dice.one_in(4);
  if (dice.one_in(3)) s.plan.pace = Pace::kStep;
  return s;
}

void add(Schedule& s, Dice& dice, std::int64_t count, std::initializer_list<What> kinds) {
  const std::vector<What> all(kinds);
  for (std::int64_t i = 0; i < count; ++i) {
    Event event;
    event.at = dice.between(1, 40);
    event.what =
        all[static_cast<std::size_t>(dice.upto(static_cast<std::int64_t>(all.size()) - 1))];
    switch (event.what) {
      case What::kKill:
        event.value = dice.upto(5);
        break;
      case What::kSkew:
        event.value = dice.upto(4000);
        break;
      case What::kRequest:
        event.value = dice.between(1, 6);
        break;
      default:
        event.value = dice.upto(s.setup.replicas + 1);
    }
    s.events.push_back(event);
  }
  std::stable_sort(s.events.begin(), s.events.end(),
                   [](const Event& a, const Event& b) { return a.at < b.at; });
}

struct Outcome {
  Phase phase = Phase::kComplete;
  int exit_code = 10;
  std::string images;
  std::int64_t most_down = 0;
  std::string timeline;
  std::vector<std::string> violations;
};

class Run {
 public:
  explicit Run(const Schedule& schedule)
      : schedule_(schedule), play_(schedule.setup), audit_(play_) {
    if (schedule.fault != Fault::kNone) {
      const std::string pod = play_.set().pod_name(play_.set().ordinals_start + schedule.faulty);
      play_.faults[schedule.faulty < 0 ? "app:2" : pod + "/app:2"] = schedule.fault;
    }
    play_.start(schedule.plan);
  }

  Outcome run() {
    auto next = schedule_.events.begin();
    std::int64_t quiet = 0;
    for (std::int64_t at = 0; at < schedule_.length; ++at) {
      for (; next != schedule_.events.end() && next->at <= at; ++next) happen(*next);
      const std::int64_t writes = play_.world().writes;
      tick(at);
      play_.pass();
      audit_.look_at_pods();
      count_down();
      quiet = play_.world().writes == writes && play_.done() ? quiet + 1 : 0;
      if (next == schedule_.events.end() && quiet > 8) break;
    }
    Outcome outcome;
    if (const auto done = play_.done()) {
      outcome.phase = done->phase;
      outcome.exit_code = done->exit_code;
    }
    outcome.images = play_.images();
    outcome.most_down = most_down_;
    for (const std::string& line : play_.timeline) outcome.timeline += "\n  " + line;
    outcome.violations = audit_.violations();
    return outcome;
  }

  /// What a human asks for after the end of the schedule.
  Outcome ask(Request request) {
    play_.set().meta.annotations[std::string(kRequestAnnotation)] = to_string(request);
    touch_status(play_.world());
    asked_at_ = -1;
    return run();
  }

 private:
  // As a watch would call it: when something has changed, when a wait is over, and now and then.
  void tick(std::int64_t at) {
    const auto* const wait = std::get_if<Wait>(&play_.last);
    const bool due = wait != nullptr && wait->until && play_.world().now >= *wait->until;
    if (play_.world().writes != seen_ || due || at - asked_at_ >= 5 || asked_at_ < 0) {
      seen_ = play_.world().writes;
      asked_at_ = at;
      play_.tick();
      if (rival_) (void)rival_->tick();
    }
  }

  void happen(const Event& event) {
    kube::StatefulSet& set = play_.set();
    const auto edit = [&](const std::function<void()>& change) {
      audit_.foreign = true;
      change();
      touch_spec(play_.world());
    };
    switch (event.what) {
      case What::kKill:
        play_.kill_after = static_cast<int>(event.value);
        return;
      case What::kDrain:
        delete_pod(play_.world(), set.pod_name(set.ordinals_start + event.value));
        return;
      case What::kSkew:
        play_.skew(seconds(event.value));
        return;
      case What::kRival:
        if (rival_) return;
        rival_client_ = std::make_unique<rehearsal::Client>(play_.server, "rival");
        rival_ =
            std::make_unique<Driver>(*rival_client_, DriverSettings{"rival", seconds(20), {}, {}});
        return;
      case What::kRequest:
        set.meta.annotations[std::string(kRequestAnnotation)] =
            to_string(static_cast<Request>(event.value));
        touch_status(play_.world());
        return;
      case What::kTemplate:
        return edit(
            [&] { set.pod_template = template_of(event.value % 2 == 0 ? "app:1" : "app:3"); });
      case What::kPartition:
        return edit([&] { set.partition = event.value; });
      case What::kReplicas:
        return edit([&] { set.replicas = event.value; });
      case What::kMinReady:
        return edit([&] { set.min_ready_seconds = event.value; });
      case What::kStrategy:
        return edit([&] {
          set.strategy = kube::UpdateStrategy::kOnDelete;
          set.strategy_name = "OnDelete";
        });
      case What::kAnnotation:
        set.meta.annotations.erase(std::string(kStateAnnotation));
        touch_status(play_.world());
        return;
    }
  }

  void count_down() {
    std::int64_t up = 0;
    for (const kube::Pod& pod : play_.world().pods) up += pod.healthy() ? 1 : 0;
    most_down_ = std::max(most_down_, play_.set().replicas - up);
  }

  const Schedule schedule_;
  Play play_;
  Audit audit_;
  std::unique_ptr<rehearsal::Client> rival_client_;
  std::unique_ptr<Driver> rival_;
  std::int64_t seen_ = -1;
  std::int64_t asked_at_ = -1;
  std::int64_t most_down_ = 0;
};

// The numbers first to last, or the one that the environment asks for.
void each(std::uint64_t first, std::uint64_t count,
          const std::function<void(std::uint64_t, Dice&)>& body) {
  if (const char* const one = std::getenv("STS_SCHEDULE")) {
    const std::uint64_t number = std::strtoull(one, nullptr, 10);
    if (number < first || number >= first + count) return;
    first = number;
    count = 1;
  }
  for (std::uint64_t number = first; number < first + count; ++number) {
    Dice dice(number);
    body(number, dice);
    if (testing::Test::HasFailure()) return;
  }
}

std::string account(const Schedule& schedule, const Outcome& outcome) {
  return print(schedule) + "\n" + std::string(to_string(outcome.phase)) + ", " + outcome.images +
         outcome.timeline;
}

std::string all_of(std::int64_t replicas, const std::string& tag) {
  std::string line;
  for (std::int64_t i = 0; i < replicas; ++i) line += (i == 0 ? "" : " ") + tag;
  return line;
}

void healthy(std::uint64_t number, Dice& dice) {
  Schedule s = common(number, dice);
  add(s, dice, dice.upto(3), {What::kKill, What::kDrain, What::kRival});
  const Outcome outcome = Run(s).run();
  EXPECT_THAT(outcome.violations, testing::IsEmpty()) << account(s, outcome);
  EXPECT_EQ(outcome.images, all_of(s.setup.replicas, "2")) << account(s, outcome);
}

TEST(Properties, HealthyCanariesComplete0) { each(0, 1500, healthy); }

void clock_jumps(std::uint64_t number, Dice& dice) {
  Schedule s = common(number, dice);
  s.setup.min_ready_seconds = 0;
  add(s, dice, dice.between(1, 3), {What::kSkew});
  const Outcome outcome = Run(s).run();
  EXPECT_THAT(outcome.violations, testing::IsEmpty()) << account(s, outcome);
  EXPECT_EQ(outcome.images, all_of(s.setup.replicas, "2")) << account(s, outcome);
}

TEST(Properties, AClockThatJumpsShortensNoSoak) { each(20'000, 500, clock_jumps); }

void broken(std::uint64_t number, Dice& dice) {
  Schedule s = common(number, dice);
  static constexpr Fault kFaults[] = {Fault::kCrash, Fault::kOutOfMemory, Fault::kNeverReady,
                                      Fault::kImagePull};
  s.fault = dice.of(kFaults);
  if (dice.one_in(2)) s.faulty = dice.upto(s.setup.replicas - 1);
  s.plan.pod_deadline = seconds(s.fault == Fault::kImagePull ? 100 : 40);
  s.plan.pace = Pace::kPod;
  static constexpr OnFailure kThen[] = {OnFailure::kPause, OnFailure::kAbort, OnFailure::kRollback};
  s.plan.on_failure = dice.of(kThen);
  add(s, dice, dice.upto(2), {What::kKill, What::kRival});
  Run run(s);
  Outcome outcome = run.run();
  EXPECT_LE(outcome.most_down, 1) << account(s, outcome);
  if (s.plan.on_failure == OnFailure::kPause) {
    EXPECT_EQ(outcome.exit_code, 4) << account(s, outcome);
    outcome = run.ask(dice.one_in(2) ? Request::kAbort : Request::kRollback);
  }
  EXPECT_LE(outcome.most_down, 1) << account(s, outcome);
  EXPECT_EQ(outcome.images, all_of(s.setup.replicas, "1")) << account(s, outcome);
  EXPECT_THAT(outcome.violations, testing::IsEmpty()) << account(s, outcome);
}

TEST(Properties, BrokenCanariesTakeOnePodAndGoBack0) { each(30'000, 1000, broken); }

void anything(std::uint64_t number, Dice& dice) {
  Schedule s = common(number, dice);
  static constexpr Fault kFaults[] = {Fault::kNone, Fault::kNone,          Fault::kCrash,
                                      Fault::kFlap, Fault::kUnschedulable, Fault::kNeverReady};
  s.fault = dice.of(kFaults);
  if (dice.one_in(2)) s.faulty = dice.upto(s.setup.replicas - 1);
  static constexpr OnFailure kThen[] = {OnFailure::kPause, OnFailure::kAbort, OnFailure::kRollback};
  s.plan.on_failure = dice.of(kThen);
  s.length = 150;
  add(s, dice, dice.between(1, 6),
      {What::kKill, What::kDrain, What::kRival, What::kRequest, What::kRequest, What::kRequest,
       What::kTemplate, What::kPartition, What::kReplicas, What::kMinReady, What::kStrategy,
       What::kAnnotation});
  const Outcome outcome = Run(s).run();
  EXPECT_THAT(outcome.violations, testing::IsEmpty()) << account(s, outcome);
}

TEST(Properties, NothingForbiddenHappens0) { each(50'000, 1000, anything); }

}  // namespace
}  // namespace sts::rollout::canary
