#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kScaleDown{506,
                             "scale-down",
                             Severity::kWarning,
                             "a StatefulSet that asks for fewer replicas than before",
                             nullptr,
                             false,
                             check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  // Where an autoscaler is at work, replicas in a file mean little; StatefulSetView knows.
  const kube::Value replicas = value_at(*change.after, "/spec/replicas");
  const kube::Value was = value_at(*change.before, "/spec/replicas");
  if (!replicas) return;
  const Ordinals before(*change.before, context.before);
  const Ordinals after(*change.after, context.after);
  if (!before.replicas || !after.replicas || *after.replicas >= *before.replicas) return;
  const Object& set = *change.after;
  std::string message = title(set) + " goes from " + std::to_string(*before.replicas) + " to " +
                        std::to_string(*after.replicas) + " replicas";
  const ClaimTemplates claims(set);
  if (before.start && after.start && *before.start == *after.start) {
    const std::int64_t first = *after.start + *after.replicas;
    const std::int64_t last = *before.start + *before.replicas - 1;
    const std::string stem = std::string(set.name) + "-";
    message += ": " + (first == last ? "pod " : std::string("pods ")) + stem +
               std::to_string(first) +
               (first == last ? " goes" : " to " + stem + std::to_string(last) + " go");
    if (claims.known && !claims.all.empty() &&
        field_known(change, "/spec/persistentVolumeClaimRetentionPolicy")) {
      const auto policy =
          value_at(set, "/spec/persistentVolumeClaimRetentionPolicy/whenScaled").string();
      const bool deleted = policy == "Delete";
      const bool one = first == last && claims.all.size() == 1;
      message += ", and " + claim_names(claims.all.front().first, set, first, last) +
                 (claims.all.size() > 1 ? " and more" : "");
      if (deleted) {
        message += one ? " is deleted with its data" : " are deleted with their data";
        message += " (whenScaled: Delete)";
      } else {
        message += one ? " stays with its data" : " stay with their data";
      }
    }
  }
  auto finding = findings.at(kScaleDown, Severity::kWarning, set, replicas, message);
  if (was) finding.related(was, "what it was");
  finding.fix("replicas: " + std::to_string(*before.replicas));
}

}  // namespace sts::lint
