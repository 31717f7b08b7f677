#include "rollout/status/blockers/kinds.h"
#include "rollout/status/blockers/words.h"

namespace sts::rollout {
namespace {

// The name in "… is forbidden: exceeded quota: NAME, requested: …"
// (apiserver resourcequota/controller.go, checkRequest); "" where it is not there.
std::string quota_name(const std::string& error) {
  static constexpr std::string_view kMark = "exceeded quota: ";
  const std::size_t at = error.find(kMark);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + kMark.size();
  return error.substr(begin, error.find(',', begin) - begin);
}

}  // namespace

std::optional<Blocker> find_quota(const View& view, const Member& member) {
  const kube::Event* const event = failed_create(view, member);
  if (event == nullptr) return std::nullopt;
  const std::string quota = quota_name(event->message);
  if (quota.empty()) return std::nullopt;
  Blocker blocker;
  blocker.message = member.name + " cannot be created: ResourceQuota " + quota + " of namespace " +
                    view.set().meta.name_space + " is used up";
  blocker.evidence = {event_text(view, *event)};
  blocker.way_out = "raise the quota, free what others use, or ask for less";
  blocker.command = view.kubectl("edit resourcequota " + quota);
  return blocker;
}

}  // namespace sts::rollout
