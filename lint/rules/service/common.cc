#include "lint/rules/service/common.h"

#include "kube/semantics/names.h"
#include "lint/model/pods.h"

#include <algorithm>

namespace sts::lint::service {

bool names_a_service(const StatefulSetView& set) {
  return set.object.kind == Kind::kStatefulSet && !set.service_name_unknown &&
         !set.service_name.empty() && kube::dns1123_label_problem(set.service_name).empty() &&
         !is_fragment(set.object);
}

std::vector<const Object*> governing_services(const StatefulSetView& set, const Index& index) {
  if (!names_a_service(set)) return {};
  Reference service = governing_service(set, index);
  if (service.answer != Answer::kFound) return {};
  return std::move(service.nearest);
}

std::string pair(std::string_view key, std::string_view value) {
  return std::string(key) + ": " + std::string(value);
}

std::string selector_for(const Object& set, const Index& index) {
  Labels labels = index.selector(set);
  if (labels.empty()) labels = index.template_labels(set);
  if (labels.empty() || labels.open) return {};
  std::string text;
  for (const auto& [key, value] : labels.known) {
    if (!value) return {};
    text += (text.empty() ? "{" : ", ") + pair(key, *value);
  }
  return text + "}";
}

bool has_word(std::string_view name, std::initializer_list<std::string_view> words) {
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-._"), name.size());
    if (std::find(words.begin(), words.end(), name.substr(0, end)) != words.end()) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

bool near_enough(const Object& a, const Object& b, const Index& index) {
  const SameNamespace same = index.same_namespace(a, b);
  if (same == SameNamespace::kNo) return false;
  if (same == SameNamespace::kYes && a.name_space.known() && b.name_space.known()) return true;
  const auto [up, down] = Index::distance(a, b);
  return up + down <= 2 || index.together(a, b);
}

std::vector<const Object*> surely_selected(const Object& service, const Index& index) {
  std::vector<const Object*> result = index.derived<ServicePods>().sure(service);
  std::erase_if(result,
                [&](const Object* workload) { return !near_enough(service, *workload, index); });
  return result;
}

Findings::Builder report(Findings& findings, const Rule& rule, Severity severity,
                         const Object& object, kube::Value value, kube::Value parent,
                         std::string message) {
  if (value.exists()) return findings.at(rule, severity, object, value, std::move(message));
  return findings.at_key(rule, severity, object, parent, std::move(message));
}

}  // namespace sts::lint::service
