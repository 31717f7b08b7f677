#include "rollout/status/rows.h"

#include "kube/resources/pod_status.h"

#include <algorithm>

namespace sts::rollout {
namespace {

RevisionRole role_of(const kube::StatefulSet& set, const std::string& revision) {
  if (revision.empty()) return RevisionRole::kNone;
  if (revision == set.update_revision) return RevisionRole::kUpdate;
  return revision == set.current_revision ? RevisionRole::kCurrent : RevisionRole::kOther;
}

std::vector<ClaimCell> claims_of(const View& view, const Member& member) {
  std::vector<std::string> names;
  if (member.pod != nullptr && !member.foreign) {
    names = member.pod->claims;
  } else {
    for (const kube::ClaimTemplate& claim : view.set().claim_templates) {
      names.push_back(view.set().claim_name(claim, member.ordinal));
    }
  }
  std::vector<ClaimCell> cells;
  for (std::string& name : names) {
    ClaimCell cell;
    if (const kube::Claim* const claim = view.claim(name)) {
      cell.phase = claim->meta.deletion ? "Terminating" : claim->phase;
      cell.volume = claim->volume;
      cell.capacity = claim->capacity;
    }
    cell.name = std::move(name);
    cells.push_back(std::move(cell));
  }
  return cells;
}

// "web-0", "web-0 and web-1", "web-0 to web-4"; for at least one.
std::string span(const kube::StatefulSet& set, std::int64_t first, std::int64_t end) {
  const std::string begin = set.pod_name(first);
  if (end - first == 1) return begin;
  return begin + (end - first == 2 ? " and " : " to ") + set.pod_name(end - 1);
}

}  // namespace

PodRow row_of(const View& view, const Member& member) {
  PodRow row;
  row.ordinal = member.ordinal;
  row.name = member.name;
  row.condemned = member.condemned;
  row.foreign = member.foreign;
  row.claims = claims_of(view, member);
  row.status = "Missing";
  if (member.pod == nullptr) return row;
  const kube::Pod& pod = *member.pod;
  const kube::PodStatus status = kube::pod_status(pod);
  row.exists = true;
  row.ready = member.healthy();
  row.available = row.ready && pod.available(view.set().min_ready_seconds, view.now());
  row.revision = pod.revision();
  row.role = member.foreign ? RevisionRole::kNone : role_of(view.set(), row.revision);
  row.status = status.text;
  row.ready_containers = status.ready;
  row.containers = status.containers;
  row.restarts = pod.restarts();
  row.last_restart = view.since(pod.last_restart());
  row.age = view.since(pod.meta.created);
  row.node = pod.node;
  row.ips = pod.ips;
  for (const kube::Container& container : pod.containers) row.images.push_back(container.image);
  return row;
}

std::string partition_line(const View& view) {
  const kube::StatefulSet& set = view.set();
  if (set.strategy != kube::UpdateStrategy::kRollingUpdate || set.partition <= 0) return "";
  const std::int64_t begin = set.ordinals_start;
  const std::int64_t end = set.end_ordinal();
  // An index, not an ordinal (kubernetes#128529).
  const std::int64_t line = std::min(begin + set.partition, end);
  std::string text = "partition " + std::to_string(set.partition) + ": ";
  if (begin == end) return text + "there are no pods";
  if (!view.updating()) {
    text += span(set, begin, line) + " will keep " + set.current_revision + " at the next update";
    return text;
  }
  text +=
      span(set, begin, line) + (line - begin == 1 ? " keeps " : " keep ") + set.current_revision;
  if (line == end) return text + ", none gets " + set.update_revision;
  return text + ", " + span(set, line, end) + (end - line == 1 ? " gets " : " get ") +
         set.update_revision;
}

}  // namespace sts::rollout
