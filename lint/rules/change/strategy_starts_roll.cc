#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kStrategyStartsRoll{
    509,
    "strategy-starts-roll",
    Severity::kInfo,
    "an update strategy that lets pods roll which were held back before",
    nullptr,
    false,
    check};

namespace {

struct Strategy {
  explicit Strategy(const Object& set) : value(value_at(set, "/spec/updateStrategy")) {
    const kube::Value type_value = value.get("type");
    type = type_value ? type_value.string() : "RollingUpdate";
    partition_value = value.get("rollingUpdate", "partition");
    partition = partition_value ? partition_value.integer() : 0;
  }
  kube::Value value;
  std::optional<std::string_view> type;  // nothing: unknown
  kube::Value partition_value;
  std::optional<std::int64_t> partition;
};

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kStatefulSet) || !field_known(change, "/spec/updateStrategy")) {
    return;
  }
  const Object& set = *change.after;
  const Strategy before(*change.before);
  const Strategy after(set);
  if (!before.type || after.type != "RollingUpdate" || !before.partition || !after.partition) {
    return;
  }
  std::string what;
  kube::Value place = after.value;
  kube::Value was = before.value;
  if (before.type == "OnDelete") {
    what = "updateStrategy of " + title(set) + " goes from OnDelete to RollingUpdate";
    if (after.value.get("type")) place = after.value.get("type");
    was = before.value.get("type");
  } else if (*after.partition < *before.partition) {
    what = "partition of " + title(set) + " goes from " + std::to_string(*before.partition) +
           " to " + std::to_string(*after.partition);
    if (after.partition_value) place = after.partition_value;
    was = before.partition_value;
  } else {
    return;
  }
  const std::string message =
      what + ": pods that are not at the update revision are replaced as soon as this is applied";
  auto finding = place.exists()
                     ? findings.at(kStrategyStartsRoll, Severity::kInfo, set, place, message)
                     : findings.at_key(kStrategyStartsRoll, Severity::kInfo, set,
                                       set.root.get("spec"), message);
  if (was.exists()) finding.related(was, "what it was");
}

}  // namespace sts::lint
