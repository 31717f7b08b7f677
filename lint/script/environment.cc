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

const PodScript::Variable* find(const std::vector<PodScript::Variable>& environment,
                                std::string_view name) {
  const auto found = std::find_if(environment.begin(), environment.end(),
                                  [&](const auto& variable) { return variable.name == name; });
  return found == environment.end() ? nullptr : &*found;
}

std::vector<std::string> anything() { return {std::string(kAnything)}; }

// A literal value, with the entries before it put in.
std::vector<std::string> expanded(std::string_view value,
                                  const std::vector<PodScript::Variable>& before) {
  shell::ParseOptions options;
  options.kubernetes = [&](std::string_view name) {
    return find(before, name) != nullptr || looks_like_constant(name);
  };
  std::string text;
  for (const shell::Part& part : shell::exec_word(value, 0, options).parts) {
    if (part.kind == shell::PartKind::kLiteral) {
      text += part.text;
      continue;
    }
    const PodScript::Variable* variable = find(before, part.text);
    if (variable == nullptr || variable->texts.size() != 1) return anything();
    text += variable->texts[0];
  }
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

std::vector<PodScript::Variable> container_environment(kube::Value container, bool host_network) {
  std::vector<PodScript::Variable> environment;
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
      variable.texts = expanded(value.text(), environment);
      variable.identity = variable.texts[0].find(kOwnPod) != std::string::npos;
    }
    variable.name = *name;
    std::erase_if(environment, [&](const auto& before) { return before.name == *name; });
    environment.push_back(std::move(variable));
  }
  if (find(environment, "HOSTNAME") == nullptr) {
    PodScript::Variable hostname;
    hostname.name = "HOSTNAME";
    hostname.texts = {std::string(host_network ? kAnything : kOwnPod)};
    hostname.identity = !host_network;
    environment.push_back(std::move(hostname));
  }
  return environment;
}

shell::ParseOptions kubernetes_expansion(const std::vector<PodScript::Variable>& environment) {
  shell::ParseOptions options;
  options.kubernetes = [&environment](std::string_view name) {
    return (name != "HOSTNAME" && find(environment, name) != nullptr) || looks_like_constant(name);
  };
  return options;
}

}  // namespace sts::lint
