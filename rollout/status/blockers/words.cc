#include "rollout/status/blockers/words.h"

#include "kube/resources/pod_status.h"

namespace sts::rollout {
namespace {

constexpr std::chrono::seconds kCreateRetry{1200};

}  // namespace

std::string pod_state(const View& view, const Member& member) {
  const kube::PodStatus status = kube::pod_status(*member.pod);
  std::string text = status.text + ", " + std::to_string(status.ready) + " of " +
                     std::to_string(status.containers) + " containers ready";
  const kube::Condition* const ready = kube::find_condition(member.pod->conditions, "Ready");
  if (ready != nullptr && ready->status != "True" && ready->changed) {
    text += ", not Ready for " + view.ago(ready->changed);
  }
  return text;
}

void set_way_out(Blocker& blocker, const View& view, const Member& member, const std::string& mend,
                 const std::string& look) {
  const kube::StatefulSet& set = view.set();
  const bool by_update =
      view.updating() && member.pod != nullptr && member.pod->revision() == set.update_revision;
  if (!by_update) {
    blocker.way_out = mend;
    blocker.command = view.kubectl(look);
    return;
  }
  // Not a bare `rollout undo`: that takes the second highest revision, which need not be the one
  // that the other pods run (kubectl/pkg/polymorphichelpers/rollback.go, v0.34).
  const auto number = view.revision_number(set.current_revision);
  blocker.way_out = mend + ", or go back to " + view.revision_text(set.current_revision);
  if (view.ordered()) {
    blocker.way_out +=
        "; either way delete " + member.name + " afterwards, since OrderedReady waits for it";
  }
  blocker.command = number ? view.kubectl("rollout undo statefulset/" + set.meta.name +
                                          " --to-revision=" + std::to_string(*number))
                           : view.kubectl("rollout history statefulset/" + set.meta.name);
}

std::string event_text(const View& view, const kube::Event& event) {
  std::string text = event.reason + ": " + event.message + " (";
  if (event.count > 1) text += std::to_string(event.count) + " times, last ";
  return text + view.ago(event.last_seen) + " ago)";
}

const kube::Event* failed_create(const View& view, const Member& member) {
  if (member.pod != nullptr) return nullptr;
  // stateful_pod_control.go, recordPodEvent and recordClaimEvent.
  const std::string about = "Pod " + member.name + " in StatefulSet";
  const kube::Event* newest = nullptr;
  for (const kube::Event& event : view.snapshot().events.items) {
    if (event.kind != "StatefulSet" || event.reason != "FailedCreate") continue;
    if (event.name != view.set().meta.name || event.uid != view.set().meta.uid) continue;
    if (event.message.find(about) == std::string::npos) continue;
    if (!event.last_seen || *event.last_seen + kCreateRetry < view.now()) continue;
    if (newest == nullptr || *newest->last_seen < *event.last_seen) newest = &event;
  }
  return newest;
}

std::string create_error(const kube::Event& event) {
  static constexpr std::string_view kMark = "failed error: ";
  const std::size_t at = event.message.find(kMark);
  return at == std::string::npos ? event.message : event.message.substr(at + kMark.size());
}

}  // namespace sts::rollout
