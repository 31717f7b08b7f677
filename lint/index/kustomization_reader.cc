#include "lint/index/kustomization_reader.h"

#include "lint/index/paths.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

void add_pairs(kube::Value mapping, Labels& labels) {
  Labels more = read_labels(mapping);
  labels.known.merge(more.known);
  for (auto& [key, value] : more.known) labels.known.insert_or_assign(key, value);
  labels.open = labels.open || more.open;
}

// `labels:` of kustomize 4.1 and later. Without further words they reach metadata.labels only.
void read_label_entry(kube::Value entry, Kustomization& into) {
  const kube::Value pairs = entry.get("pairs");
  add_pairs(pairs, into.metadata_labels);
  if (entry.get("includeSelectors").boolean().value_or(false)) {
    add_pairs(pairs, into.selector_labels);
  } else if (entry.get("includeTemplates").boolean().value_or(false)) {
    add_pairs(pairs, into.template_labels);
  }
  // Field specs of one's own may reach anything.
  if (entry.get("fields")) {
    into.selector_labels.open = true;
    into.template_labels.open = true;
  }
}

void add_names(kube::Value list, std::vector<std::string>& names) {
  for (kube::Value item : list.items()) {
    if (const auto name = item.get("name").string()) names.emplace_back(*name);
  }
}

std::string text_at(kube::Value root, std::string_view key) {
  return std::string(root.get(key).string().value_or(""));
}

}  // namespace

bool is_kustomization_path(std::string_view path) {
  const std::string_view name = file_name_of(path);
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

void read_kustomization(kube::Value root, Kustomization& into) {
  into.root = root;
  into.component = root.get("kind").string() == "Component";
  into.name_space = text_at(root, "namespace");
  into.name_prefix = text_at(root, "namePrefix");
  into.name_suffix = text_at(root, "nameSuffix");

  add_pairs(root.get("commonLabels"), into.metadata_labels);
  add_pairs(root.get("commonLabels"), into.selector_labels);
  for (kube::Value entry : root.get("labels").items()) read_label_entry(entry, into);

  add_names(root.get("configMapGenerator"), into.generated_config_maps);

  // Plugins and charts: what they make is known only to those who run them.
  constexpr std::array<std::string_view, 4> kBringers{"helmCharts", "helmChartInflationGenerator",
                                                      "generators", "transformers"};
  into.opaque = std::any_of(kBringers.begin(), kBringers.end(),
                            [&](std::string_view key) { return root.get(key).size() > 0; });
}

std::vector<kube::Value> taken_in(kube::Value root) {
  std::vector<kube::Value> all;
  for (const std::string_view key : {"resources", "bases", "components"}) {
    for (kube::Value item : root.get(key).items()) {
      if (item.is_scalar()) all.push_back(item);
    }
  }
  return all;
}

bool is_remote(std::string_view resource) {
  const auto starts = [&](std::string_view head) {
    return resource.substr(0, head.size()) == head;
  };
  return resource.find("://") != std::string_view::npos ||
         resource.find("?ref=") != std::string_view::npos || starts("git@") ||
         starts("github.com/") || starts("git::") || starts("/");
}

}  // namespace sts::lint
