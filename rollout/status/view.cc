#include "rollout/status/view.h"

#include "kube/semantics/gates.h"
#include "kube/semantics/pod_names.h"

#include <algorithm>
#include <map>

namespace sts::rollout {
namespace {

// A typing error in replicas is not to fill the memory; larger sets exist nowhere.
constexpr std::int64_t kMostMembers = 10'000;

// stateful_set_control.go works on the pods that it controls; one without a controller is adopted
// if the selector finds it (ControllerRefManager, pkg/controller/controller_ref_manager.go).
bool is_foreign(const kube::StatefulSet& set, const kube::Pod& pod) {
  if (const kube::OwnerReference* const owner = pod.meta.controller()) {
    return owner->uid != set.meta.uid;
  }
  return !kube::matches(set.selector, pod.meta.labels);
}

Member member_at(const kube::StatefulSet& set, std::int64_t ordinal, const kube::Pod* pod) {
  Member member;
  member.ordinal = ordinal;
  member.name = set.pod_name(ordinal);
  member.pod = pod;
  member.foreign = pod != nullptr && is_foreign(set, *pod);
  member.condemned = !set.in_range(ordinal);
  return member;
}

// As the node lifecycle controller leaves a pod of a node that went silent
// (pkg/util/node/node.go, MarkPodsNotReady): not Ready, while the kubelet's last word was ready.
bool looks_abandoned(const kube::Pod& pod) {
  return !pod.ready() && !pod.containers.empty() &&
         std::all_of(pod.containers.begin(), pod.containers.end(),
                     [](const kube::Container& container) { return container.ready; });
}

}  // namespace

View::View(const Snapshot& snapshot, kube::Time now) : snapshot_(snapshot), now_(now) {
  std::map<std::int64_t, const kube::Pod*> pods;
  for (const kube::Pod& pod : snapshot.pods) {
    const auto ordinal = kube::pod_ordinal(set().meta.name, pod.meta.name);
    if (ordinal) pods.emplace(*ordinal, &pod);
  }
  const std::int64_t end = std::min(set().end_ordinal(), set().ordinals_start + kMostMembers);
  for (std::int64_t i = set().ordinals_start; i < end; ++i) {
    const auto pod = pods.find(i);
    members_.push_back(member_at(set(), i, pod == pods.end() ? nullptr : pod->second));
  }
  // NOLINTNEXTLINE(modernize-loop-convert): clang 14 cannot read reverse_view
  for (auto pod = pods.rbegin(); pod != pods.rend(); ++pod) {
    if (set().in_range(pod->first)) continue;
    Member member = member_at(set(), pod->first, pod->second);
    if (!member.foreign) condemned_.push_back(std::move(member));
  }
}

const Member* View::first_unhealthy() const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [](const Member& member) { return !member.healthy(); });
  return found == members_.end() ? nullptr : &*found;
}

bool View::outdated(const Member& member) const {
  return set().strategy == kube::UpdateStrategy::kRollingUpdate && member.pod != nullptr &&
         !member.foreign && !member.condemned && set().updates(member.ordinal) &&
         member.pod->revision() != set().update_revision;
}

const std::string& View::target_revision(const Member& member) const {
  const bool kept =
      set().strategy == kube::UpdateStrategy::kRollingUpdate && !set().updates(member.ordinal);
  return kept ? set().current_revision : set().update_revision;
}

std::int64_t View::max_unavailable() const {
  const auto& wanted = set().max_unavailable;
  if (!wanted || !snapshot_.version ||
      kube::support(kube::GatedField::kMaxUnavailable, *snapshot_.version) !=
          kube::Support::kServed) {
    return 1;
  }
  return std::max<std::int64_t>(1, kube::scaled(*wanted, set().replicas, kube::Rounding::kDown));
}

const kube::Claim* View::claim(std::string_view name) const {
  const auto& claims = snapshot_.claims.items;
  const auto found = std::find_if(claims.begin(), claims.end(), [&](const kube::Claim& claim) {
    return claim.meta.name == name;
  });
  return found == claims.end() ? nullptr : &*found;
}

const kube::ClusterNode* View::node(std::string_view name) const {
  const auto found =
      std::find_if(snapshot_.nodes.begin(), snapshot_.nodes.end(),
                   [&](const kube::ClusterNode& node) { return node.meta.name == name; });
  return found == snapshot_.nodes.end() ? nullptr : &*found;
}

std::optional<std::int64_t> View::revision_number(std::string_view name) const {
  for (const kube::ControllerRevision& revision : snapshot_.revisions.items) {
    if (revision.meta.name == name) return revision.revision;
  }
  return std::nullopt;
}

std::string View::revision_text(std::string_view name) const {
  const auto number = revision_number(name);
  std::string text(name.empty() ? "none" : name);
  return number ? text + " (revision " + std::to_string(*number) + ")" : text;
}

const kube::Event* View::event(std::string_view kind, std::string_view name,
                               std::string_view reason, std::chrono::seconds within) const {
  const kube::Event* newest = nullptr;
  for (const kube::Event& event : snapshot_.events.items) {
    if (event.kind != kind || event.name != name || event.reason != reason) continue;
    if (!event.last_seen || *event.last_seen + within < now_) continue;
    if (newest == nullptr || *newest->last_seen < *event.last_seen) newest = &event;
  }
  return newest;
}

std::string View::ago(const std::optional<kube::Time>& time) const {
  return time ? kube::human_duration(now_ - *time) : "";
}

std::optional<std::chrono::seconds> View::since(const std::optional<kube::Time>& time) const {
  if (!time) return std::nullopt;
  return now_ - *time;
}

std::string View::kubectl(const std::string& arguments) const {
  return "kubectl " + arguments + " -n " + set().meta.name_space;
}

std::vector<std::string> suspicious_nodes(const Snapshot& snapshot, kube::Time now) {
  std::vector<std::string> nodes;
  for (const kube::Pod& pod : snapshot.pods) {
    const bool overdue = pod.meta.deletion && *pod.meta.deletion + kPatience <= now;
    if (pod.node.empty() || !(overdue || looks_abandoned(pod))) continue;
    if (std::find(nodes.begin(), nodes.end(), pod.node) == nodes.end()) nodes.push_back(pod.node);
  }
  return nodes;
}

std::string unexplained_pod(const Snapshot& snapshot, kube::Time now) {
  const View view(snapshot, now);
  if (!view.observed()) return "";
  for (const Member& member : view.members()) {
    if (member.pod != nullptr) {
      if (view.ordered() && !member.healthy()) return "";
      continue;
    }
    const std::string about = "Pod " + member.name + " in StatefulSet";
    const auto& events = snapshot.events.items;
    const bool explained = std::any_of(events.begin(), events.end(), [&](const kube::Event& event) {
      return event.reason == "FailedCreate" && event.message.find(about) != std::string::npos;
    });
    return explained ? "" : member.name;
  }
  return "";
}

}  // namespace sts::rollout
