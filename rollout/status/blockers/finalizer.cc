#include "rollout/status/blockers/kinds.h"

#include <algorithm>

namespace sts::rollout {

std::optional<Blocker> find_finalizer(const View& view, const Member& member) {
  if (member.pod == nullptr || member.foreign) return std::nullopt;
  const kube::Metadata& meta = member.pod->meta;
  if (!meta.deletion || meta.finalizers.empty() || *meta.deletion + kPatience > view.now()) {
    return std::nullopt;
  }
  const auto& containers = member.pod->containers;
  if (std::any_of(containers.begin(), containers.end(),
                  [](const kube::Container& container) { return container.running; })) {
    return std::nullopt;
  }
  std::string finalizers;
  for (const std::string& finalizer : meta.finalizers) {
    finalizers += (finalizers.empty() ? "" : ", ") + finalizer;
  }
  Blocker blocker;
  blocker.message =
      member.name + " is deleted and its containers have ended, but finalizers keep it";
  blocker.evidence = {"finalizers: " + finalizers,
                      "it was to be gone " + view.ago(meta.deletion) + " ago"};
  blocker.way_out =
      "see to it that whoever set the finalizer works; only if it never will, take it off by hand";
  blocker.command = view.kubectl("edit pod " + member.name);
  return blocker;
}

}  // namespace sts::rollout
