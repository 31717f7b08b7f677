#include "kube/semantics/gates.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kFieldUnsupported;

namespace {

using kube::GatedField;
using kube::Support;
using kube::Value;

bool is_int(Value value, std::int64_t number) {
  const auto given = value.integer();
  return given && *given == number;
}

struct Use {
  GatedField field;
  Value value;
  bool harmless = false;  // what the server does without the field is the same
};

void report(const Object& object, const Use& use, const kube::Version& version,
            Findings& findings) {
  const Support support = kube::support(use.field, version);
  if (support == Support::kServed) return;
  if (support == Support::kDropped && use.harmless) return;
  if (support != Support::kDropped && !shape::sent_as_written(object, use.value)) return;

  std::string subject = shape::path_in(object, use.value);
  if (use.field == GatedField::kRecreateStrategy) subject += ": Recreate";
  const std::string minor = std::to_string(version.major) + "." + std::to_string(version.minor);
  std::string message = title(object) + " sets " + subject + ", which Kubernetes ";
  switch (support) {
    case Support::kDropped:
      message += kube::to_string(version) + " drops in silence (feature gate " +
                 std::string(kube::gate_name(use.field)) + " is off)";
      break;
    case Support::kRejected:
      message += kube::to_string(version) + " rejects (feature gate " +
                 std::string(kube::gate_name(use.field)) + " is off)";
      break;
    default:
      message += minor + " does not know, so strict validation rejects it";
      break;
  }
  const std::string_view since = kube::served_since(use.field);
  auto finding = findings.at_key(
      kFieldUnsupported, support == Support::kDropped ? Severity::kWarning : Severity::kError,
      object, use.value, std::move(message));
  if (!since.empty()) {
    finding.fix("leave it out for this version; it is served " +
                std::string(use.field == GatedField::kMaxUnavailable ? "in " : "from ") +
                std::string(since));
  } else {
    finding.fix("type: RollingUpdate or OnDelete");
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Value spec = object.root.get("spec");
  const Value strategy = spec.get("updateStrategy");
  const Value ready = spec.get("minReadySeconds");
  const Value retention = spec.get("persistentVolumeClaimRetentionPolicy");
  const Value ordinals = spec.get("ordinals");
  const Value unavailable = strategy.get("rollingUpdate", "maxUnavailable");
  const Value type = strategy.get("type");
  const auto retains = [&](std::string_view key) {
    const Value policy = retention.get(key);
    return !policy || policy.text() == "Retain";
  };
  const kube::Version& version = context.options.kubernetes_version;
  const auto use = [&](GatedField field, Value value, bool harmless) {
    if (value) report(object, {field, value, harmless}, version, findings);
  };
  use(GatedField::kMinReadySeconds, ready, is_int(ready, 0));
  use(GatedField::kRetentionPolicy, retention, retains("whenDeleted") && retains("whenScaled"));
  use(GatedField::kOrdinals, ordinals, !ordinals.get("start") || is_int(ordinals.get("start"), 0));
  use(GatedField::kMaxUnavailable, unavailable, is_int(unavailable, 1));
  if (type.string() == "Recreate") use(GatedField::kRecreateStrategy, type, false);
}

}  // namespace

extern const Rule kFieldUnsupported{310, "field-unsupported", Severity::kError,
                                    "a field that this Kubernetes version drops or refuses", check};

}  // namespace sts::lint
