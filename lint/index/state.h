#pragma once

#include "lint/index/builds.h"
#include "lint/index/index.h"
#include "lint/index/kustomize.h"
#include "lint/index/name_table.h"
#include "lint/index/namespaces.h"
#include "lint/index/outside_names.h"
#include "lint/index/unread.h"

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sts::lint {

inline constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::kOther) + 1;

/// What an Index knows beside its objects.
struct Index::State {
  std::vector<std::shared_ptr<const ProjectFile>> files;  // kept alive for the objects
  std::vector<std::shared_ptr<const kube::Tree>> trees;   // of kustomizations and patches
  std::deque<Kustomization> kustomizations;
  Builds builds;
  std::optional<Namespaces> namespaces;
  NameTable names;
  std::array<std::vector<const Object*>, kKinds> by_kind;
  std::array<std::vector<const Object*>, kKinds> nameless;  // a placeholder instead of a name
  NameTable scalers;  // HorizontalPodAutoscalers and ScaledObjects by what they scale
  std::vector<const Object*> nameless_scalers;
  std::vector<UnreadPart> unread;
  OutsideNames outside;
  std::vector<MissingPath> missing_paths;
  std::set<std::string, std::less<>> alternatives;  // alternatives.h
  bool lone_files = false;
  std::string extent;  // "this project", "this file alone", "the input"
};

}  // namespace sts::lint
