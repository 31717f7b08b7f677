#include "lint/change/set_change.h"
#include "lint/model/text.h"

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
  if (before.replicas && after.replicas && *before.replicas > 0) {
    const std::int64_t old_last = *before.start + *before.replicas - 1;
    const std::int64_t new_last = *after.start + *after.replicas - 1;
    const bool upwards = *after.start > *before.start;
    const std::int64_t first = upwards ? *before.start : std::max(new_last + 1, *before.start);
    const std::int64_t last = upwards ? std::min(*after.start - 1, old_last) : old_last;
    if (first > last) {
      message += ": pods are made below it";
    } else {
      message +=
          ": " + (first == last ? "pod " : std::string("pods ")) + stem + std::to_string(first) +
          (first == last ? " is deleted" : " to " + stem + std::to_string(last) + " are deleted");
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
