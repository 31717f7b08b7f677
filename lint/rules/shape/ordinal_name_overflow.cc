#include "kube/semantics/names.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace sts::lint {

extern const Rule kOrdinalNameOverflow;

namespace {

// The kernel's host name ends at 64 characters; with setHostnameAsFQDN the whole name is one, and
// the kubelet leaves the pod in ContainerCreating (pkg/kubelet/util/util.go,
// GetNodenameForKernel, v1.37.1).
constexpr std::size_t kMaxHostname = 64;

void check_full_name(const Object& object, const StatefulSetView& set, const std::string& pod,
                     const RuleContext& context, Findings& findings) {
  const kube::Value flag = set.pods.spec.get("setHostnameAsFQDN");
  if (flag.boolean() != true || set.service_name.empty() || !object.name_space.known() ||
      object.patched_at("/spec/template/spec/setHostnameAsFQDN")) {
    return;
  }
  const std::string full = pod + "." + std::string(set.service_name) + "." +
                           object.name_space.name + ".svc." + context.options.cluster_domain;
  if (full.size() <= kMaxHostname) return;
  findings
      .at(kOrdinalNameOverflow, Severity::kError, object, flag,
          "with setHostnameAsFQDN the host name of " + title(object) + "'s last pod is " +
              quoted(full) + " of " + std::to_string(full.size()) +
              " characters: host names end at 64, and the pod never starts")
      .fix("setHostnameAsFQDN: false, or shorter names");
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet || object.name.empty()) return;
  if (object.name.size() > kube::kMaxLabelLength) return;  // name-too-long says so
  const StatefulSetView set(object);
  if (set.start_unknown || set.start < 0) return;
  // An unknown count is at least one pod, unless it is scaled to nothing.
  const std::int64_t replicas = set.replicas.value_or(1);
  if (replicas <= 0) return;
  const std::string pod = std::string(object.name) + "-" + std::to_string(set.start + replicas - 1);
  if (pod.size() <= kube::kMaxLabelLength) {
    check_full_name(object, set, pod, context, findings);
    return;
  }
  auto report = findings.at(
      kOrdinalNameOverflow, Severity::kError, object, object.metadata.get("name"),
      title(object) + " needs a pod named " + quoted(pod) + " of " + std::to_string(pod.size()) +
          " characters, but a pod's name is also its host name and a label, which end at 63");
  const std::size_t digits = pod.size() - object.name.size() - 1;
  report.fix("a name of at most " +
             std::to_string(std::min<std::size_t>(52, kube::kMaxLabelLength - 1 - digits)) +
             " characters");
  if (set.start > 0) {
    report.related(set.spec.get("ordinals", "start"), "the ordinals start here");
  } else if (const kube::Value count = set.spec.get("replicas")) {
    report.related(count, "the last ordinal follows from this count");
  }
}

}  // namespace

extern const Rule kOrdinalNameOverflow{304, "ordinal-name-overflow", Severity::kError,
                                       "a pod name of more than 63 characters", check};

}  // namespace sts::lint
