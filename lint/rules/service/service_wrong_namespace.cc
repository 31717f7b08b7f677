#include "lint/model/pod_name_uses.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"
#include "lint/rules/service/missing.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceWrongNamespace{
    108, "service-wrong-namespace", Severity::kError,
    "a governing Service that exists only in another namespace", check};

namespace {

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const Index& index = context.index;
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  if (!names_a_service(set)) return;
  const Reference service = governing_service(set, index);
  if (service.answer != Answer::kAbsent) return;
  const Object* namesake = nearest_namesake(set, index);
  if (namesake == nullptr) return;

  // Beside each other they are meant for each other; farther apart the other one may belong to
  // another copy of the set, and then the severity is that of an absent Service.
  const bool side_by_side = Index::distance(object, *namesake) == std::pair(0, 0);
  const bool hurts =
      side_by_side || absence_hurts(set, index) ||
      index.derived<PodNameUses>().under_service(object, set.service_name, index) != nullptr;
  const Severity severity = hurts && !service.lone_file ? Severity::kError : Severity::kWarning;
  const std::string own = object.name_space.name;
  const std::string other = namesake->name_space.name;
  auto finding =
      findings.at(kServiceWrongNamespace, severity, object, set.spec.get("serviceName"),
                  title(object) + (own.empty() ? "" : " in namespace " + quoted(own)) +
                      " names Service " + quoted(set.service_name) + ", which exists only in " +
                      (other.empty() ? "another namespace" : "namespace " + quoted(other)));
  const kube::Value written = namesake->metadata.get("namespace");
  finding.related(written ? written : namesake->metadata.get("name"),
                  "Service " + quoted(namesake->name) + " is defined here");
  finding.fix(own.empty() ? "put both into one namespace"
                          : "namespace: " + own + " in the Service's metadata");
}

}  // namespace
}  // namespace sts::lint
