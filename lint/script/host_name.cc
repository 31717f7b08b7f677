#include "lint/script/host_name.h"

#include "lint/hosts/known_labels.h"
#include "lint/rule.h"

#include <algorithm>
#include <cctype>

namespace sts::lint {

namespace {

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

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

NameForm form_of(const HostMeaning& meaning, std::size_t labels, bool final_dot, bool opaque) {
  using Kind = HostMeaning::Kind;
  if (meaning.full) return NameForm::kFqdn;
  if (meaning.svc && !opaque) return final_dot ? NameForm::kExternal : NameForm::kDotted;
  if (opaque) return NameForm::kUnknown;
  switch (meaning.kind) {
    case Kind::kUnknown:
      return NameForm::kUnknown;
    case Kind::kOutside:
      return NameForm::kExternal;
    case Kind::kService:
    case Kind::kPod:
      break;
  }
  // _port._proto.service: the form is the service's.
  return labels - (meaning.name.port.empty() ? 0 : 2) == 1 ? NameForm::kLabel : NameForm::kDotted;
}

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
  for (const std::string_view label : kube::dns_labels(lowered)) name.labels.emplace_back(label);
  if (!std::all_of(name.labels.begin(), name.labels.end(), valid_label)) {
    name.form = lowered.find(':') != std::string::npos ? NameForm::kExternal : NameForm::kUnknown;
    return name;
  }
  if (lowered == "localhost" || all_digits(name.labels.back())) {
    name.form = NameForm::kExternal;  // this machine, or an IPv4 address
    return name;
  }
  const std::vector<std::string_view> labels(name.labels.begin(), name.labels.end());
  const HostMeaning meaning =
      meaning_of(labels, name.final_dot, ProjectLabels(from, context.index));
  name.form = form_of(meaning, labels.size(), name.final_dot,
                      name.text.find(kAnything) != std::string::npos);
  name.pod = meaning.name.hostname;
  name.service = meaning.name.service;
  name.name_space = meaning.name.name_space;
  return name;
}

}  // namespace sts::lint
