#pragma once

#include "kube/object/tree.h"
#include "lint/index/object.h"
#include "lint/model/labels.h"

#include <optional>
#include <string>
#include <vector>

namespace sts::lint {

/// One kustomization.yaml (or a Component), as far as it changes what its objects are. kustomize
/// itself is never run.
struct Kustomization {
  const ProjectFile* file = nullptr;
  kube::Value root;
  std::string folder;  // the project folder it stands in
  bool component = false;
  std::string name_space;  // "" for none
  std::string name_prefix;
  std::string name_suffix;
  std::vector<std::string> resources;       // project paths of files it takes in, resolved
  std::vector<const Kustomization*> bases;  // kustomizations it takes in, resolved
  std::vector<std::string> remote;          // resources that are not in the project
  bool opaque = false;                      // helmCharts, remote bases, plugins: may bring anything
  Labels metadata_labels;                   // added to metadata.labels
  Labels selector_labels;                   // added to selectors and templates too
  Labels template_labels;                   // added to templates without selectors
  std::vector<std::string> generated_config_maps;
};

}  // namespace sts::lint
