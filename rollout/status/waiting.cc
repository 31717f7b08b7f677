#include "rollout/status/waiting.h"

#include "kube/resources/pod_status.h"

#include <algorithm>

namespace sts::rollout {
namespace {

class Waiting {
 public:
  explicit Waiting(const View& view) : view_(view), set_(view.set()) {}

  std::vector<std::string> lines() {
    if (set_.meta.deletion) say("the set is being deleted");
    if (!view_.observed()) {
      say("the controller has not seen generation " + std::to_string(set_.meta.generation) +
          " yet; the revisions and counts are those of generation " +
          std::to_string(set_.observed_generation));
    }
    members();
    condemned();
    update();
    return std::move(lines_);
  }

 private:
  void say(std::string text) { lines_.push_back(std::move(text)); }

  // processReplica, in ascending order; OrderedReady returns at the first that is not done.
  void members() {
    for (const Member& member : view_.members()) {
      const std::string state = unfinished(member);
      if (state.empty()) continue;
      held_ = true;
      if (!view_.ordered()) {
        say(state);
        continue;
      }
      const auto rest = static_cast<std::size_t>(&view_.members().back() - &member);
      const bool stops = rest > 0 || view_.updating() || !view_.condemned().empty();
      say(state + (stops ? "; OrderedReady does nothing else before it is Ready" : ""));
      return;
    }
  }

  std::string unfinished(const Member& member) const {
    if (member.pod == nullptr || member.foreign) return member.name + " is to be created";
    const kube::Pod& pod = *member.pod;
    if (pod.terminating()) return terminating(member);
    if (pod.phase == "Failed" || pod.phase == "Succeeded") {
      return member.name + " has " + (pod.phase == "Failed" ? "failed" : "ended") +
             (pod.reason.empty() ? "" : " (" + pod.reason + ")") + " and is to be created again";
    }
    if (!pod.healthy()) {
      const kube::Condition* const ready = kube::find_condition(pod.conditions, "Ready");
      std::string text = member.name + " is not Ready (" + kube::pod_status(pod).text;
      if (ready != nullptr && ready->changed) text += ", for " + view_.ago(ready->changed);
      return text + ")";
    }
    if (!pod.available(set_.min_ready_seconds, view_.now())) {
      const kube::Condition* const ready = kube::find_condition(pod.conditions, "Ready");
      return member.name + " is Ready for " + view_.ago(ready->changed) + " of minReadySeconds " +
             std::to_string(set_.min_ready_seconds);
    }
    return "";
  }

  std::string terminating(const Member& member) const {
    const auto left = *member.pod->meta.deletion - view_.now();
    return member.name + " is terminating" +
           (left.count() > 0
                ? " (it has " + kube::human_duration(left) + " left)"
                : " (it was to be gone " + view_.ago(member.pod->meta.deletion) + " ago)");
  }

  void condemned() {
    if (held_ && view_.ordered()) return;
    for (const Member& member : view_.condemned()) {
      held_ = true;
      say(member.pod->terminating() ? terminating(member)
                                    : member.name + " is out of range and is to be deleted");
      if (view_.ordered()) return;
    }
  }

  // The update phase, highest ordinal first.
  void update() {
    if (set_.strategy == kube::UpdateStrategy::kOnDelete) {
      on_delete();
      return;
    }
    if (set_.strategy != kube::UpdateStrategy::kRollingUpdate) return;
    if (held_ && view_.ordered()) return;
    const auto& members = view_.members();
    const auto next = std::find_if(members.rbegin(), members.rend(),
                                   [&](const Member& member) { return view_.outdated(member); });
    if (next == members.rend()) return;
    say(next->name + " is the next to be updated, from " + next->pod->revision() + " to " +
        set_.update_revision);
  }

  void on_delete() {
    std::string names;
    for (const Member& member : view_.members()) {
      if (member.pod == nullptr || member.foreign || member.pod->terminating() ||
          member.pod->revision() == set_.update_revision) {
        continue;
      }
      names += (names.empty() ? "" : ", ") + member.name;
    }
    if (names.empty()) return;
    say("updateStrategy OnDelete: for " + set_.update_revision + " you are to delete " + names);
  }

  const View& view_;
  const kube::StatefulSet& set_;
  std::vector<std::string> lines_;
  bool held_ = false;
};

}  // namespace

std::vector<std::string> waiting(const View& view) { return Waiting(view).lines(); }

}  // namespace sts::rollout
