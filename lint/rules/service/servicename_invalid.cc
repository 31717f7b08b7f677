#include "kube/semantics/names.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServicenameInvalid{102, "servicename-invalid", Severity::kError,
                                      "a serviceName that no Service can have", check};

namespace {

// Lower case, other characters to '-', of a dotted name the first label.
std::string nearest_label(std::string_view written) {
  std::string label;
  for (char c : written.substr(0, written.find('.'))) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain) c = '-';
    if (plain || !label.empty()) label.push_back(c);
  }
  while (!label.empty() && label.back() == '-') label.pop_back();
  return label;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  if (set.service_name.empty() || object.from_cluster) return;
  const std::string problem = kube::dns1123_label_problem(set.service_name);
  if (problem.empty()) return;
  // Validated since 1.33 (kubernetes#130233); it always became the pods' subdomain, which always
  // was.
  const bool validated = context.options.kubernetes_version >= kube::Version{1, 33, 0};
  auto finding =
      findings.at(kServicenameInvalid, Severity::kError, object, set.spec.get("serviceName"),
                  title(object) + " names Service " + quoted(set.service_name) +
                      (validated ? ", which the API server rejects: "
                                 : ", which no pod can have as its subdomain: ") +
                      problem);
  const std::string label = nearest_label(set.service_name);
  if (kube::dns1123_label_problem(label).empty()) {
    finding.fix("serviceName: " + label);
  } else {
    finding.fix("a shorter name, for the set and its Service");
  }
}

}  // namespace
}  // namespace sts::lint
