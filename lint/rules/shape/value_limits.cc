#include "kube/semantics/names.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/value_checks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace sts::lint::shape {

namespace {

using kube::Value;

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

struct Range {
  std::string_view type;
  std::string_view field;
  std::int64_t low;
  std::int64_t high;
};

// pkg/apis/apps/validation/validation.go and pkg/apis/core/validation/validation.go, v1.37.1. A
// StatefulSet's negative revisionHistoryLimit and a negative terminationGracePeriodSeconds are
// accepted.
constexpr std::array kRanges = {
    Range{"StatefulSetSpec", "replicas", 0, kNoLimit},
    Range{"StatefulSetSpec", "minReadySeconds", 0, kNoLimit},
    Range{"StatefulSetOrdinals", "start", 0, kNoLimit},
    Range{"RollingUpdateStatefulSetStrategy", "partition", 0, kNoLimit},
    Range{"DaemonSetSpec", "minReadySeconds", 0, kNoLimit},
    Range{"DaemonSetSpec", "revisionHistoryLimit", 0, kNoLimit},
    Range{"Probe", "initialDelaySeconds", 0, kNoLimit},
    Range{"Probe", "timeoutSeconds", 0, kNoLimit},
    Range{"Probe", "periodSeconds", 0, kNoLimit},
    Range{"Probe", "successThreshold", 0, kNoLimit},
    Range{"Probe", "failureThreshold", 0, kNoLimit},
    Range{"Probe", "terminationGracePeriodSeconds", 1, kNoLimit},
    Range{"ContainerPort", "containerPort", 1, 65535},
    Range{"ContainerPort", "hostPort", 0, 65535},  // 0 is "none"
    Range{"HTTPGetAction", "port", 1, 65535},
    Range{"TCPSocketAction", "port", 1, 65535},
    Range{"GRPCAction", "port", 1, 65535},
    Range{"WeightedPodAffinityTerm", "weight", 1, 100},
    Range{"PreferredSchedulingTerm", "weight", 1, 100},
    Range{"TopologySpreadConstraint", "maxSkew", 1, kNoLimit},
};

struct Words {
  std::string_view type;
  std::string_view field;
  std::array<std::string_view, 4> allowed;
};

// Closed sets whose Go types carry no +enum mark.
constexpr std::array kWords = {
    Words{"StatefulSetPersistentVolumeClaimRetentionPolicy", "whenDeleted", {"Retain", "Delete"}},
    Words{"StatefulSetPersistentVolumeClaimRetentionPolicy", "whenScaled", {"Retain", "Delete"}},
    Words{"LabelSelectorRequirement", "operator", {"In", "NotIn", "Exists", "DoesNotExist"}},
};

std::vector<std::string_view> allowed_words(const FieldSite& site, std::string_view type) {
  const auto values = kube::enum_values(*site.field);
  std::vector<std::string_view> out(values.begin(), values.end());
  for (const Words& words : kWords) {
    if (words.type == type && words.field == site.key()) {
      out.assign(words.allowed.begin(), words.allowed.end());
    }
  }
  out.erase(std::remove(out.begin(), out.end(), std::string_view{}), out.end());
  return out;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

void check_word(Value value, const std::vector<std::string_view>& allowed,
                const Complain& complain) {
  const auto word = value.string();
  if (!word || word->empty() || value.is_placeholder()) return;  // "" is the default
  if (std::find(allowed.begin(), allowed.end(), *word) != allowed.end()) return;
  std::string list;
  std::string fix;
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == allowed.size() ? " or " : ", ") + std::string(allowed[i]);
    if (same_but_for_case(allowed[i], *word)) fix = allowed[i];
  }
  // Signals: the list would be the message.
  if (allowed.size() > 10) list = "one of " + std::to_string(allowed.size()) + " known values";
  complain(value, "must be " + list + ", not " + quoted(*word), fix);
}

void check_labels(Value labels, const Complain& complain) {
  for (const kube::Entry& entry : labels.entries()) {
    if (entry.key.is_placeholder() || entry.value.is_placeholder()) continue;
    if (const auto problem = kube::qualified_name_problem(entry.key.text()); !problem.empty()) {
      complain(entry.value, "has the bad label key " + quoted(entry.key.text()) + ": " + problem,
               "");
      continue;
    }
    const auto value = entry.value.string();
    if (!value) continue;
    if (const auto problem = kube::label_value_problem(*value); !problem.empty()) {
      complain(entry.value, "has the bad label value " + quoted(*value) + ": " + problem, "");
    }
  }
}

void check_name(std::string_view type, std::string_view field, Value value,
                const Complain& complain) {
  const auto name = value.string();
  if (!name || name->empty() || value.is_placeholder()) return;
  std::string problem;
  if (field == "name" && (type == "Container" || type == "Volume")) {
    problem = kube::dns1123_label_problem(*name);
  } else if ((field == "name" && type == "ContainerPort") ||
             (field == "port" && (type == "HTTPGetAction" || type == "TCPSocketAction"))) {
    // A port in quotes is a port's name (ValidatePortNumOrName).
    problem = kube::port_name_problem(*name);
  }
  if (problem.empty()) return;
  const bool number = field == "port" && std::all_of(name->begin(), name->end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
  complain(value, "is the bad name " + quoted(*name) + ": " + problem,
           number ? std::string(*name) + " without quotes" : "");
}

}  // namespace

void check_enum(const FieldSite& site, const Complain& complain) {
  if (site.field == nullptr || (site.field->kind != kube::FieldKind::kEnum &&
                                site.field->kind != kube::FieldKind::kString)) {
    return;
  }
  const std::string_view type = kube::type_name(site.types.back());
  // restart-policy speaks of the pod's; Recreate is field-unsupported's.
  if (type == "PodSpec" && site.key() == "restartPolicy") return;
  if (site.entry.value.string() == "Recreate" && type == "StatefulSetUpdateStrategy") return;
  const auto allowed = allowed_words(site, type);
  if (allowed.empty()) return;
  if (site.field->shape == kube::Shape::kList) {
    for (Value item : site.entry.value.items()) check_word(item, allowed, complain);
  } else {
    check_word(site.entry.value, allowed, complain);
  }
}

void check_limits(const Object& object, const FieldSite& site, const Complain& complain) {
  if (site.field == nullptr) return;
  const std::string_view type = kube::type_name(site.types.back());
  const std::string_view key = site.key();
  const Value value = site.entry.value;
  for (const Range& range : kRanges) {
    if (range.field != key || range.type != type) continue;
    const auto number = value.integer();
    if (!number || (*number >= range.low && *number <= range.high)) continue;
    if (range.high != kNoLimit) {
      complain(value,
               "must be between " + std::to_string(range.low) + " and " +
                   std::to_string(range.high) + ", not " + std::string(value.text()),
               "");
    } else if (range.low == 0) {
      complain(value, "must be greater than or equal to 0, not " + std::string(value.text()), "");
    } else {
      complain(value, "must be greater than 0, not " + std::string(value.text()), "");
    }
  }
  // A liveness or startup probe has one success by definition (validateLivenessProbe).
  if (type == "Probe" && key == "successThreshold" && site.names.back() != "readinessProbe") {
    const auto number = value.integer();
    if (number && *number > 1) {
      complain(value, "must be 1 in a " + site.names.back(), "successThreshold: 1");
    }
  }
  const bool labels = (type == "ObjectMeta" && key == "labels") ||
                      (type == "LabelSelector" && key == "matchLabels") ||
                      (type == "PodSpec" && key == "nodeSelector");
  if (labels) check_labels(value, complain);
  if (is_set(object)) check_name(type, key, value, complain);
}

}  // namespace sts::lint::shape
