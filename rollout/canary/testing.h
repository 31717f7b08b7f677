#pragma once

#include "rollout/canary/begin.h"
#include "rollout/canary/driver.h"
#include "rollout/rehearsal/controller.h"
#include "rollout/rehearsal/kubelet.h"
#include "rollout/rehearsal/server.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// A set on the model, and a canary on it: for tests.
namespace sts::rollout::canary {

inline std::string template_of(const std::string& image) {
  return R"({"spec":{"containers":[{"image":")" + image + R"(","name":"app"}]}})";
}

/// Thrown where a driver is killed.
struct Killed {};

class Play {
 public:
  struct Setup {
    kube::Version version{1, 37, 1};
    std::int64_t replicas = 4;
    kube::PodManagement management = kube::PodManagement::kOrderedReady;
    std::optional<kube::IntOrPercent> max_unavailable;
    std::int64_t min_ready_seconds = 0;
    std::int64_t start = 0;
  };

  explicit Play(const Setup& setup) {
    kube::StatefulSet set;
    set.meta.name = "web";
    set.replicas = setup.replicas;
    set.pod_management = setup.management;
    set.max_unavailable = setup.max_unavailable;
    set.min_ready_seconds = setup.min_ready_seconds;
    set.ordinals_start = setup.start;
    set.pod_template = template_of("app:1");
    server.world = rehearsal::settled_world(std::move(set), setup.version,
                                            kube::Time(std::chrono::seconds(1'800'000'000)));
    began = world().now;
    base = world().set.current_revision;
  }

  rehearsal::World& world() { return server.world; }
  kube::StatefulSet& set() { return server.world.set; }

  void start(const Plan& plan, const std::string& image = "app:2") {
    rehearsal::Client client(server, "start");
    const auto observed = client.observe().value().value();
    client.patch(observed.set, begin(observed, {"c-1", plan, template_of(image)}, 1));
    driver();
  }

  /// Another driver, on a machine where the one before is known to be gone.
  void driver(bool fresh_machine = false) {
    if (!name_.empty() && !fresh_machine) gone_.push_back(name_);
    name_ = "driver-" + std::to_string(++drivers_);
    driver_.reset();
    client_ = std::make_unique<rehearsal::Client>(server, name_);
    client_->around = [this] {
      if (kill_after && --*kill_after < 0) {
        kill_after.reset();
        throw Killed();
      }
    };
    DriverSettings settings;
    settings.holder = name_;
    settings.lease = std::chrono::seconds(60);
    settings.is_gone = [this](const std::string& holder) {
      return std::find(gone_.begin(), gone_.end(), holder) != gone_.end();
    };
    settings.gates = gates;
    driver_ = std::make_unique<Driver>(*client_, settings);
  }

  /// The server's clock jumps, as this driver sees it.
  void skew(std::chrono::seconds by) { client_->skew = by; }

  /// A second of virtual time without a driver.
  void pass() {
    world().now += std::chrono::seconds(1);
    rehearsal::run_kubelets(world(), [this](const kube::Pod& pod) {
      rehearsal::Behaviour behaviour{rehearsal::Fault::kNone, start_time, stop_time};
      auto fault = faults.find(pod.meta.name + "/" + pod.containers.front().image);
      if (fault == faults.end()) fault = faults.find(pod.containers.front().image);
      if (fault != faults.end()) behaviour.fault = fault->second;
      return behaviour;
    });
    const auto status = [this] {
      const kube::StatefulSet& s = set();
      return std::tuple(s.observed_generation, s.current_revision, s.update_revision,
                        s.status_replicas, s.ready_replicas, s.available_replicas,
                        s.current_replicas, s.updated_replicas);
    };
    const auto before = status();
    rehearsal::sync(world());
    if (status() != before) touch_status(world());
  }

  void tick(Request request = Request::kNone) {
    try {
      auto action = driver_->tick(request);
      require(action.has_value());
      last = std::move(*action);
      note(last);
    } catch (const Killed&) {
      driver();
    }
  }

  std::optional<Done> done() const {
    const auto* const end = std::get_if<Done>(&last);
    return end == nullptr ? std::nullopt : std::optional(*end);
  }

  /// To the driver's end, or for so long.
  void run(std::chrono::seconds most = std::chrono::seconds(600)) {
    for (std::chrono::seconds i{0}; i < most; i += std::chrono::seconds(1)) {
      tick();
      if (done()) return;
      pass();
    }
  }
  bool run_until(const std::function<bool()>& there,
                 std::chrono::seconds most = std::chrono::seconds(600)) {
    for (std::chrono::seconds i{0}; i < most; i += std::chrono::seconds(1)) {
      if (there()) return true;
      tick();
      pass();
    }
    return false;
  }

  std::optional<State> state() {
    const auto text = set().meta.annotations.find(std::string(kStateAnnotation));
    if (text == set().meta.annotations.end()) return std::nullopt;
    return parse_state(text->second).value();
  }
  Phase phase() {
    const auto now = state();
    return now ? now->phase : Phase::kComplete;
  }

  /// Image tags by index, "." for a missing pod and "!" behind one that is not healthy.
  std::string images() {
    std::string line;
    for (std::int64_t i = 0; i < set().replicas; ++i) {
      const kube::Pod* pod = world().pod(set().pod_name(set().ordinals_start + i));
      std::string tag = ".";
      if (pod != nullptr) {
        const std::string& image = pod->containers.front().image;
        tag = image.substr(image.find(':') + 1) + (pod->healthy() ? "" : "!");
      }
      line += (line.empty() ? "" : " ") + tag;
    }
    return line;
  }

  void edit(const std::function<void(kube::StatefulSet&)>& change) {
    change(set());
    touch_spec(world());
  }

  rehearsal::Server server;
  std::map<std::string, rehearsal::Fault> faults;  // by image, or "pod/image"
  std::chrono::seconds start_time{3};
  std::chrono::seconds stop_time{1};
  AskGates gates;
  std::optional<int> kill_after;
  std::vector<std::string> timeline;  // "12 partition 3", "40 -web-3"
  Action last;
  kube::Time began;
  std::string base;

 private:
  static void require(bool holds) {
    if (!holds) throw std::runtime_error("the driver failed");
  }

  void note(const Action& action) {
    const std::string at = std::to_string((world().now - began).count()) + " ";
    if (const auto* const patch = std::get_if<Patch>(&action)) {
      std::string line(patch->state ? to_string(patch->state->phase) : to_string(patch->ends));
      if (patch->partition) {
        line += *patch->partition == kPark ? " park" : " " + std::to_string(*patch->partition);
      }
      timeline.push_back(at + line);
    } else if (const auto* const pod = std::get_if<Delete>(&action)) {
      timeline.push_back(at + "-" + pod->pod);
    } else if (const auto* const end = std::get_if<Done>(&action)) {
      timeline.push_back(at + std::string(to_string(end->phase)) + " = " +
                         std::to_string(end->exit_code));
    }
  }

  std::string name_;
  int drivers_ = 0;
  std::vector<std::string> gone_;
  std::unique_ptr<rehearsal::Client> client_;
  std::unique_ptr<Driver> driver_;
};

}  // namespace sts::rollout::canary
