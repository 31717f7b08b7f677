#pragma once

#include "lint/index/builder.h"
#include "lint/index/kustomize_patches.h"
#include "lint/index/outside_names.h"
#include "lint/index/state.h"
#include "lint/index/unread.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// What is taken in before the whole project is known.
struct IndexBuilder::State {
  struct FileObjects {
    std::shared_ptr<const ProjectFile> file;
    std::vector<Object> objects;
  };
  struct KustomizationFile {
    std::shared_ptr<const ProjectFile> file;
    TreePtr tree;
  };

  Options options;
  ProjectScope scope;
  std::set<std::string, std::less<>> paths;  // every file of the project
  std::vector<FileObjects> files;
  std::vector<KustomizationFile> kustomizations;
  /// Documents that are no objects, but may be patches: JSON patches, fragments without a kind.
  std::map<std::string, std::vector<TreePtr>, std::less<>> fragments;
  std::vector<UnreadPart> unread;
  OutsideNames outside;

  std::size_t take_in(const kube::Document& document, kube::Value value, FileObjects& into);
  void take_in_unread(const kube::Document& document, const ProjectFile& file);
  void take_in_skipped(const kube::Document& document, const ProjectFile& file);
  void take_in_installer(kube::Value value, const ProjectFile& file);

  // The steps of build(), in order.
  void read_kustomizations(Index::State& known);
  void set_patches_aside(const std::deque<Kustomization>& all);
  void place_objects(Index::State& known, std::vector<Object>& objects);
  static void add_scaler(const Object& scaler, Index::State& known);
  void apply_patches(Index::State& known, std::vector<Object>& objects);
};

}  // namespace sts::lint
