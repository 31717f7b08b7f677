#include "kube/semantics/dns_name.h"
#include "kube/semantics/names.h"
#include "kube/semantics/pod_names.h"
#include "rollout/dns/dns.h"
#include "rollout/dns/intended.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <set>

namespace sts::rollout {
namespace {

using nlohmann::json;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

// A letter, a variable or a glob beside a word makes it part of something else.
bool joins(char c) {
  return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("$(){}*%<>\\+~").find(c) != std::string_view::npos;
}

bool is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return true;
  line.remove_prefix(first);
  return line.starts_with('#') || line.starts_with(';') || line.starts_with("//");
}

// Calls `visit` with each word that may be a name, without a final dot.
void each_word(std::string_view line, const std::function<void(std::string_view)>& visit) {
  for (std::size_t at = 0; at < line.size();) {
    if (!is_name_char(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && is_name_char(line[end])) ++end;
    const bool joined = (at > 0 && joins(line[at - 1])) || (end < line.size() && joins(line[end]));
    // `/etc/web-0.nginx` is a path, `tcp://web-0.nginx` is not.
    const bool path = at > 0 && line[at - 1] == '/' && (at < 2 || line[at - 2] != '/');
    std::string_view word = line.substr(at, end - at);
    if (word.ends_with('.')) word.remove_suffix(1);
    if (!joined && !path) visit(word);
    at = end;
  }
}

class Finder {
 public:
  Finder(const kube::StatefulSet& set, const std::vector<kube::Service>& services)
      : set_(set), services_(services) {}

  void text(std::string_view text, const std::string& where) {
    std::set<std::string, std::less<>> here;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      if (!is_comment(line)) {
        each_word(line, [&](std::string_view word) {
          if (names_something(word) && here.emplace(word).second) {
            found_.push_back({std::string(word), where});
          }
        });
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::vector<NameReference> take() { return std::move(found_); }

 private:
  bool names_something(std::string_view word) const {
    const std::vector<std::string_view> labels = kube::dns_labels(word);
    if (labels.size() < 2 || word.size() > kube::kMaxSubdomainLength) return false;
    for (std::string_view label : labels) {
      if (label.starts_with('_')) label.remove_prefix(1);
      if (!kube::dns1123_label_problem(label).empty()) return false;
    }
    const auto name = intended_name(labels, set_.meta.name_space);
    if (!name) return false;
    if (std::find(labels.begin(), labels.end(), "svc") != labels.end()) return true;
    return kube::pod_ordinal(set_.meta.name, name->hostname).has_value() &&
           name->name_space == set_.meta.name_space && is_service(name->service);
  }

  bool is_service(std::string_view name) const {
    return name == set_.service_name ||
           std::any_of(services_.begin(), services_.end(), [&](const kube::Service& service) {
             return service.meta.name == name && service.meta.name_space == set_.meta.name_space;
           });
  }

  const kube::StatefulSet& set_;
  const std::vector<kube::Service>& services_;
  std::vector<NameReference> found_;
};

// The value at a path of keys; null where it is not there.
const json& at(const json& value, std::initializer_list<const char*> keys) {
  static const json kNull;
  const json* found = &value;
  for (const char* const key : keys) {
    if (!found->is_object()) return kNull;
    const auto next = found->find(key);
    if (next == found->end()) return kNull;
    found = &*next;
  }
  return *found;
}

std::string text_at(const json& value, std::initializer_list<const char*> keys) {
  const json& found = at(value, keys);
  return found.is_string() ? found.get<std::string>() : "";
}

template <typename Visit>
void each_container(const json& pod, const Visit& visit) {
  for (const char* const list : {"initContainers", "containers"}) {
    for (const json& container : at(pod, {"spec", list})) visit(container);
  }
}

json template_of(const kube::StatefulSet& set) {
  return json::parse(set.pod_template, nullptr, false);
}

}  // namespace

std::vector<NameReference> find_references(const kube::StatefulSet& set,
                                           const std::vector<kube::ConfigMap>& config_maps,
                                           const std::vector<kube::Service>& services) {
  Finder finder(set, services);
  each_container(template_of(set), [&](const json& container) {
    const std::string where = "container " + text_at(container, {"name"});
    for (const json& variable : at(container, {"env"})) {
      finder.text(text_at(variable, {"value"}), where + ", env " + text_at(variable, {"name"}));
    }
    for (const char* const list : {"command", "args"}) {
      for (const json& word : at(container, {list})) {
        if (word.is_string()) finder.text(word.get_ref<const std::string&>(), where + ", " + list);
      }
    }
  });
  for (const kube::ConfigMap& map : config_maps) {
    for (const auto& [key, value] : map.data) {
      finder.text(value, "ConfigMap " + map.meta.name + ", key " + key);
    }
  }
  return finder.take();
}

std::vector<std::string> mounted_config_maps(const kube::StatefulSet& set) {
  std::set<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty()) names.insert(name);
  };
  const json pod = template_of(set);
  for (const json& volume : at(pod, {"spec", "volumes"})) {
    add(text_at(volume, {"configMap", "name"}));
    for (const json& source : at(volume, {"projected", "sources"})) {
      add(text_at(source, {"configMap", "name"}));
    }
  }
  each_container(pod, [&](const json& container) {
    for (const json& source : at(container, {"envFrom"})) {
      add(text_at(source, {"configMapRef", "name"}));
    }
    for (const json& variable : at(container, {"env"})) {
      add(text_at(variable, {"valueFrom", "configMapKeyRef", "name"}));
    }
  });
  return {names.begin(), names.end()};
}

std::vector<ServiceKey> referenced_services(const kube::StatefulSet& set,
                                            const std::vector<NameReference>& references) {
  std::set<ServiceKey> keys;
  for (const NameReference& reference : references) {
    const auto labels = kube::dns_labels(reference.name);
    const auto name = intended_name(labels, set.meta.name_space);
    if (name) keys.insert({std::string(name->name_space), std::string(name->service)});
  }
  return {keys.begin(), keys.end()};
}

}  // namespace sts::rollout
