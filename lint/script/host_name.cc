#include "lint/script/host_name.h"

#include "kube/semantics/pod_names.h"
#include "lint/index/index.h"
#include "lint/model/workload.h"
#include "lint/rule.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace sts::lint {

namespace {

// Every namespace that some object of the run names.
struct KnownNamespaces {
  explicit KnownNamespaces(const Index& index) {
    for (const Object& object : index.objects()) {
      if (object.name_space.known()) names.emplace(object.name_space.name);
      if (object.kind == Kind::kNamespace && !object.name.empty()) names.emplace(object.name);
    }
    for (const char* name : {"default", "kube-system"}) names.emplace(name);
  }
  std::set<std::string, std::less<>> names;
};

bool valid_label(std::string_view label) {
  if (label.empty() || label.size() > 63) return false;
  std::string_view rest = label;
  while (!rest.empty()) {
    bool placeholder = false;
    for (const std::string_view each : {kOwnPod, kOwnNamespace, kAnything}) {
      if (!rest.starts_with(each)) continue;
      rest.remove_prefix(each.size());
      placeholder = true;
      break;
    }
    if (placeholder) continue;
    const char c = rest.front();
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return false;
    rest.remove_prefix(1);
  }
  return true;
}

// Names whose last label is one of these are never meant for the cluster unless it says so.
bool is_top_level_domain(std::string_view label) {
  static constexpr std::array<std::string_view, 20> kDomains = {
      "com", "net", "org", "io", "dev", "app", "cloud", "local", "internal", "info",
      "co",  "de",  "uk",  "eu", "gov", "edu", "me",    "sh",    "arpa",     "lan"};
  return std::find(kDomains.begin(), kDomains.end(), label) != kDomains.end();
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

class Classifier {
 public:
  Classifier(const Object& from, const RuleContext& context) : from_(from), context_(context) {}

  NameForm form(std::span<const std::string> labels, bool final_dot) const {
    for (std::size_t i = 1; i + 1 < labels.size(); ++i) {
      if (labels[i] == "svc") return NameForm::kFqdn;
    }
    const bool opaque = std::any_of(labels.begin(), labels.end(), [](const std::string& label) {
      return label.find(kAnything) != std::string::npos;
    });
    if (final_dot) return opaque ? NameForm::kUnknown : NameForm::kExternal;
    if (opaque) return NameForm::kUnknown;
    if (labels.size() == 1) return NameForm::kLabel;
    if (labels.back() == "svc") return NameForm::kDotted;
    return labels.size() <= 3 && of_cluster(labels) ? NameForm::kDotted : NameForm::kExternal;
  }

 private:
  bool of_cluster(std::span<const std::string> labels) const {
    const std::string& first = labels[0];
    const std::string& second = labels[1];
    if (first == kOwnPod || labels.back() == kOwnNamespace) return true;
    if (is_top_level_domain(labels.back()) && !service(labels.back())) return false;
    if (service(second) || is_pod(first)) return true;
    if (labels.size() == 3) return false;
    return service(first) || (first == "kubernetes" && second == "default") || known(second);
  }

  bool service(std::string_view name) const {
    if (!context_.index.named(Kind::kService, name).empty()) return true;
    return from_.kind == Kind::kStatefulSet && StatefulSetView(from_).service_name == name;
  }
  bool is_pod(std::string_view name) const {
    const auto set = kube::parent_of_pod(name);
    return set && !context_.index.named(Kind::kStatefulSet, *set).empty();
  }
  bool known(std::string_view name_space) const {
    const auto& names = context_.index.derived<KnownNamespaces>().names;
    return names.find(name_space) != names.end();
  }

  const Object& from_;
  const RuleContext& context_;
};

}  // namespace

HostName host_name(std::string_view text, const Object& from, const RuleContext& context) {
  HostName name;
  if (text.ends_with('.')) {
    name.final_dot = true;
    text.remove_suffix(1);
  }
  std::string lowered(text);
  bool in_placeholder = false;
  for (char& c : lowered) {
    if (c == '<') in_placeholder = true;
    if (c == '>') in_placeholder = false;
    if (!in_placeholder) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  name.text = lowered;
  std::size_t begin = 0;
  while (begin <= lowered.size()) {
    const std::size_t dot = std::min(lowered.find('.', begin), lowered.size());
    name.labels.push_back(lowered.substr(begin, dot - begin));
    begin = dot + 1;
  }
  if (!std::all_of(name.labels.begin(), name.labels.end(), valid_label)) {
    name.form = lowered.find(':') != std::string::npos ? NameForm::kExternal : NameForm::kUnknown;
    return name;
  }
  if (lowered == "localhost" || all_digits(name.labels.back())) {
    name.form = NameForm::kExternal;  // this machine, or an IPv4 address
    return name;
  }
  std::span<const std::string> labels = name.labels;
  // _port._proto.service: the form is the service's.
  if (labels.size() > 2 && labels[0].starts_with('_') && labels[1].starts_with('_')) {
    labels = labels.subspan(2);
  }
  name.form = Classifier(from, context).form(labels, name.final_dot);
  return name;
}

}  // namespace sts::lint
