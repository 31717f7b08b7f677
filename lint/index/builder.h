#pragma once

#include "kube/object/reader.h"
#include "lint/index/index.h"

#include <memory>
#include <vector>

namespace sts::lint {

/// What is known of the project before any file is read.
struct ProjectScope {
  /// Lone files outside any project: absence is never proven.
  bool lone_files = false;
};

/// Takes in the documents of a project, file by file, and makes the Index.
class IndexBuilder {
 public:
  IndexBuilder(Options options, ProjectScope scope);
  ~IndexBuilder();

  /// kubectl's `kind`s that any rule or reference needs; for ReadOptions::wanted.
  static bool wanted_kind(std::string_view kind);

  /// To be called for every file of the project, also for those that hold no documents: a
  /// kustomization may list them. Lists are unrolled. kustomization files and templates are
  /// recognised and remembered. A file whose documents hold nothing of interest may be forgotten by
  /// the caller afterwards. Returns how many Kubernetes objects the file held (skipped kinds
  /// included).
  std::size_t add(std::shared_ptr<const ProjectFile> file,
                  const std::vector<kube::Document>& documents);

  /// To be called for every file of the project that is no manifest but may make some: Terraform,
  /// Jsonnet and the like. Only the names in it are remembered.
  void add_program(const ProjectFile& file);

  Index build() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sts::lint
