#include "rollout/status/status.h"

#include "rollout/status/blockers/kinds.h"
#include "rollout/status/hazards.h"
#include "rollout/status/rows.h"
#include "rollout/status/waiting.h"

#include <algorithm>

namespace sts::rollout {
namespace {

void add_blockers(const View& view, const std::vector<Member>& members,
                  std::vector<Blocker>& blockers) {
  for (const Member& member : members) {
    for (const BlockerKind& kind : blocker_kinds()) {
      auto blocker = kind.find(view, member);
      if (!blocker) continue;
      blocker->id = kind.id;
      if (blocker->object.empty()) blocker->object = "pod/" + member.name;
      blockers.push_back(std::move(*blocker));
      break;
    }
  }
}

void note_unreadable(const std::string& why, const std::string& what, const std::string& so,
                     std::vector<std::string>& notes) {
  if (!why.empty()) notes.push_back(what + " could not be read, so " + so + ": " + why);
}

void count(const View& view, StatusReport& report) {
  for (const PodRow& row : report.pods) {
    if (row.condemned || !row.exists || row.foreign) continue;
    report.ready += row.ready ? 1 : 0;
    report.available += row.available ? 1 : 0;
    report.updated += row.role == RevisionRole::kUpdate ? 1 : 0;
  }
  const kube::StatefulSet& set = view.set();
  report.desired = set.replicas;
  report.to_update = set.strategy == kube::UpdateStrategy::kRollingUpdate
                         ? std::max<std::int64_t>(0, set.replicas - set.partition)
                         : set.replicas;
}

// An OnDelete set with pods of an older revision rests: only its owner can go on.
bool at_rest(const View& view, const StatusReport& report) {
  if (!view.observed() || view.set().meta.deletion || !view.condemned().empty()) return false;
  if (report.available < report.desired) return false;
  return std::none_of(view.members().begin(), view.members().end(),
                      [&](const Member& member) { return view.outdated(member); });
}

}  // namespace

StatusReport status(const Snapshot& snapshot, kube::Time now) {
  const View view(snapshot, now);
  const kube::StatefulSet& set = snapshot.set;
  StatusReport report;
  report.name_space = set.meta.name_space;
  report.name = set.meta.name;
  report.pod_management = view.ordered() ? "OrderedReady" : "Parallel";
  report.update_strategy = set.strategy_name;
  report.partition = set.partition;
  report.partition_line = partition_line(view);
  report.min_ready_seconds = set.min_ready_seconds;
  report.current = {set.current_revision, view.revision_number(set.current_revision)};
  report.update = {set.update_revision, view.revision_number(set.update_revision)};
  report.age = view.since(set.meta.created);
  for (const Member& member : view.members()) report.pods.push_back(row_of(view, member));
  for (const Member& member : view.condemned()) report.pods.push_back(row_of(view, member));
  count(view, report);
  report.waits_for = waiting(view);
  add_blockers(view, view.members(), report.blockers);
  add_blockers(view, view.condemned(), report.blockers);
  report.hazards = hazards(view);
  note_unreadable(snapshot.claims.unreadable, "PersistentVolumeClaims",
                  "an unbound one is seen only in its pod", report.notes);
  note_unreadable(snapshot.events.unreadable, "Events",
                  "it is not known why a pod cannot be created", report.notes);
  note_unreadable(snapshot.revisions.unreadable, "ControllerRevisions", "revisions have no numbers",
                  report.notes);
  report.verdict = !report.blockers.empty() ? Verdict::kBlocked
                   : at_rest(view, report)  ? Verdict::kSettled
                                            : Verdict::kMoving;
  return report;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSettled:
      return "settled";
    case Verdict::kMoving:
      return "moving";
    case Verdict::kBlocked:
      return "blocked";
  }
  return "";
}

std::string_view to_string(RevisionRole role) {
  switch (role) {
    case RevisionRole::kNone:
      return "";
    case RevisionRole::kCurrent:
      return "current";
    case RevisionRole::kUpdate:
      return "update";
    case RevisionRole::kOther:
      return "other";
  }
  return "";
}

}  // namespace sts::rollout
