#include "rollout/canary/observation.h"

#include "kube/semantics/gates.h"

#include <algorithm>

namespace sts::rollout::canary {

bool is_observed(const kube::StatefulSet& set) {
  return set.observed_generation >= set.meta.generation;
}

std::int64_t effective_max_unavailable(const kube::StatefulSet& set, const kube::Version& version) {
  if (!set.max_unavailable ||
      kube::support(kube::GatedField::kMaxUnavailable, version) != kube::Support::kServed) {
    return 1;
  }
  return std::max<std::int64_t>(
      1, kube::scaled(*set.max_unavailable, set.replicas, kube::Rounding::kDown));
}

bool has_revision(const Observation& observed, std::string_view name) {
  return std::any_of(observed.revisions.begin(), observed.revisions.end(),
                     [&](const auto& each) { return each.meta.name == name; });
}

Members::Members(const Observation& observed) : observed_(observed) {
  const kube::StatefulSet& set = observed.set;
  for (std::int64_t index = 0; index < set.replicas; ++index) {
    Member member;
    member.index = index;
    member.name = set.pod_name(set.ordinals_start + index);
    for (const kube::Pod& pod : observed.pods) {
      if (pod.meta.name != member.name) continue;
      const kube::OwnerReference* const owner = pod.meta.controller();
      if (owner != nullptr && owner->uid == set.meta.uid) {
        member.pod = &pod;
      } else {
        member.foreign = true;
      }
    }
    all_.push_back(std::move(member));
  }
}

bool Members::available(const Member& member) const {
  return member.pod != nullptr && member.pod->healthy() &&
         member.pod->available(observed_.set.min_ready_seconds, observed_.now);
}

const Member* Members::first_unavailable() const {
  const auto found = std::find_if(all_.begin(), all_.end(),
                                  [&](const Member& member) { return !available(member); });
  return found == all_.end() ? nullptr : &*found;
}

bool Members::settled_at(std::string_view revision) const {
  return std::all_of(all_.begin(), all_.end(), [&](const Member& member) {
    return at(member, revision) && available(member);
  });
}

}  // namespace sts::rollout::canary
