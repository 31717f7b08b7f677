#include "lint/script/environment.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace sts::lint {

namespace {

bool looks_like_constant(std::string_view name) {
  return !name.empty() && name != "HOSTNAME" && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) ||
           std::isdigit(static_cast<unsigned char>(c)) || c == '_';
  });
}

const PodScript::Variable* find(const PodScript::Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? nullptr : &found->second;
}

std::vector<std::string> anything() { return {std::string(kAnything)}; }

// A literal value, with the entries before it put in. Each entry may name the one before it twice,
// so their size doubles: `left` is what all of them may still take.
std::vector<std::string> expanded(std::string_view value, const PodScript::Environment& before,
                                  std::size_t& left) {
  shell::ParseOptions options;
  options.kubernetes = [&](std::string_view name) {
    return find(before, name) != nullptr || looks_like_constant(name);
  };
  std::string text;
  bool joined = false;
  for (const shell::Part& part : shell::exec_word(value, 0, options).parts) {
    if (part.kind == shell::PartKind::kLiteral) {
      text += part.text;
      continue;
    }
    const PodScript::Variable* variable = find(before, part.text);
    if (variable == nullptr || variable->texts.size() != 1) return anything();
    text += variable->texts[0];
    joined = true;
    if (text.size() > PodScript::kMaxJoined || text.size() > left) return anything();
  }
  if (joined) left -= std::min(left, text.size());
  return {text};
}

PodScript::Variable from_field(std::string_view path) {
  PodScript::Variable variable;
  variable.texts = anything();
  if (path == "metadata.name" || path.find("statefulset.kubernetes.io/pod-name") != path.npos) {
    variable.texts = {std::string(kOwnPod)};
    variable.identity = true;
  } else if (path == "metadata.namespace") {
    variable.texts = {std::string(kOwnNamespace)};
  } else if (path.find("apps.kubernetes.io/pod-index") != path.npos || path == "status.podIP") {
    variable.identity = true;
  }
  return variable;
}

}  // namespace

PodScript::Environment container_environment(kube::Value container, bool host_network) {
  PodScript::Environment environment;
  std::size_t left = kMaxExpanded;
  for (const kube::Value entry : container.get("env").items()) {
    const auto name = entry.get("name").string();
    if (!name) continue;
    PodScript::Variable variable;
    const kube::Value value = entry.get("value");
    if (const auto path = entry.get("valueFrom", "fieldRef", "fieldPath").string()) {
      variable = from_field(*path);
    } else if (entry.get("valueFrom") || (value && !value.is_scalar()) ||
               value.is_placeholder(true)) {
      variable.texts = anything();
    } else {
      variable.texts = expanded(value.text(), environment, left);
      variable.identity = variable.texts[0].find(kOwnPod) != std::string::npos;
    }
    environment.insert_or_assign(std::string(*name), std::move(variable));
  }
  if (find(environment, "HOSTNAME") == nullptr) {
    PodScript::Variable hostname;
    hostname.texts = {std::string(host_network ? kAnything : kOwnPod)};
    hostname.identity = !host_network;
    environment.emplace("HOSTNAME", std::move(hostname));
  }
  return environment;
}

shell::ParseOptions kubernetes_expansion(const PodScript::Environment& environment) {
  shell::ParseOptions options;
  options.kubernetes = [&environment](std::string_view name) {
    return (name != "HOSTNAME" && find(environment, name) != nullptr) || looks_like_constant(name);
  };
  return options;
}

}  // namespace sts::lint
