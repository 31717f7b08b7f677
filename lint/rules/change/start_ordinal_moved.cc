#include "lint/change/set_change.h"
#include "lint/model/text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kStartOrdinalMoved{507,
                                     "start-ordinal-moved",
                                     Severity::kWarning,
                                     "a StatefulSet that begins with another ordinal than before",
                                     nullptr,
                                     false,
                                     check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  const Ordinals before(*change.before, context.before);
  const Ordinals after(*change.after, context.after);
  if (!before.start || !after.start || *before.start == *after.start) return;
  const Object& set = *change.after;
  const std::string stem = std::string(set.name) + "-";
  std::string message = "spec.ordinals.start of " + title(set) + " goes from " +
                        std::to_string(*before.start) + " to " + std::to_string(*after.start);
  // stateful_set_control.go: pods outside the range of ordinals are condemned.
  if (before.replicas && after.replicas) {
    const std::int64_t old_end = *before.start + *before.replicas;
    const std::int64_t new_end = *after.start + *after.replicas;
    std::vector<std::string> gone;
    const auto add = [&](std::int64_t first, std::int64_t end) {
      if (first >= end) return;
      gone.push_back(stem + std::to_string(first) +
                     (first + 1 == end ? "" : " to " + stem + std::to_string(end - 1)));
    };
    add(*before.start, std::min(old_end, std::max(*after.start, *before.start)));
    add(std::max({*before.start, new_end, std::min(old_end, *after.start)}), old_end);
    if (gone.empty()) {
      message += ": no pod goes, new ones are made";
    } else {
      message += ": " + gone.front() + (gone.size() > 1 ? " and " + gone.back() : "") + " go";
    }
  }
  const kube::Value start = value_at(set, "/spec/ordinals/start");
  auto finding = start.exists()
                     ? findings.at(kStartOrdinalMoved, Severity::kWarning, set, start, message)
                     : findings.at_key(kStartOrdinalMoved, Severity::kWarning, set,
                                       set.root.get("spec"), message);
  const kube::Value was = value_at(*change.before, "/spec/ordinals/start");
  if (was.exists()) finding.related(was, "what it was");
  finding.fix("start: " + std::to_string(*before.start));
}

}  // namespace sts::lint
