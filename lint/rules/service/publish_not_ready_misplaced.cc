#include "lint/model/text.h"
#include "lint/rules/service/common.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kPublishNotReadyMisplaced{111, "publish-not-ready-misplaced", Severity::kError,
                                            "publishNotReadyAddresses where nothing reads it",
                                            check};

namespace {

constexpr std::string_view kField = "publishNotReadyAddresses";

void check_set(const Object& set, const Index& index, Findings& findings) {
  if (set.from_cluster) return;
  const kube::Value spec = set.root.get("spec");
  for (kube::Value parent : {set.root, set.metadata, spec, spec.get("template"),
                             spec.get("template", "metadata"), spec.get("template", "spec")}) {
    const kube::Value field = parent.get(kField);
    if (!field.exists()) continue;
    auto finding = findings.at_key(kPublishNotReadyMisplaced, Severity::kError, set, field,
                                   std::string(kField) + " is a field of Services; in " +
                                       title(set) + " the API server rejects it");
    if (set.kind != Kind::kStatefulSet) continue;
    const Reference service = governing_service(StatefulSetView(set), index);
    if (const Object* first = service.first()) {
      finding.related_key(first->root.get("spec"), title(*first) + " governs the set");
      finding.fix(std::string(kField) + ": true in the spec of " + title(*first));
    } else {
      finding.fix(std::string(kField) + ": true in the spec of the governing Service");
    }
  }
}

// k8s.io/endpointslice never reads service.alpha.kubernetes.io/tolerate-unready-endpoints (v0.34),
// and CoreDNS and kube-proxy read nothing but slices.
void check_annotations(const Object& object, kube::Value annotations, Findings& findings) {
  constexpr std::string_view kSuffix = "tolerate-unready-endpoints";
  for (const kube::Entry& entry : annotations.entries()) {
    const std::string_view key = entry.key.text();
    if (key.size() < kSuffix.size() || key.substr(key.size() - kSuffix.size()) != kSuffix) continue;
    if (entry.value.text() == "false") continue;
    const bool service = object.kind == Kind::kService;
    const bool replaced = service && ServiceView(object).publish_not_ready != false;
    auto finding =
        findings.at_key(kPublishNotReadyMisplaced, replaced ? Severity::kInfo : Severity::kWarning,
                        object, entry.value,
                        "the annotation " + std::string(key) + " on " + title(object) +
                            " has no effect: EndpointSlices follow a Service's " +
                            std::string(kField) + (replaced ? ", which is set" : " alone"));
    if (replaced) {
      finding.fix("remove the annotation");
    } else {
      finding.fix(std::string(kField) + ": true in the spec of the " +
                  (service ? "Service" : "governing Service"));
    }
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (is_set(object)) {
    check_set(object, context.index, findings);
    check_annotations(object, pod_template(object).metadata.get("annotations"), findings);
  } else if (object.kind != Kind::kService) {
    return;
  }
  check_annotations(object, object.metadata.get("annotations"), findings);
}

}  // namespace
}  // namespace sts::lint
