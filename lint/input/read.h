#pragma once

#include "kube/object/reader.h"
#include "kube/result.h"
#include "lint/input/selection.h"

#include <functional>
#include <memory>
#include <vector>

namespace sts::lint {

/// One file of a project, read.
struct ReadFile {
  const SelectedFile* selected = nullptr;
  std::shared_ptr<const kube::SourceFile> source;  // null where it could not be read
  std::string failure;   // why not, in the operating system's words; behind a semicolon, the fix
  bool program = false;  // no manifest: it has no documents
  std::vector<kube::Document> documents;
};

/// Reads and parses the files, the large runs on several threads, and hands each to `take` in the
/// order given, on the calling thread. Only a few files are in memory beside those that `take`
/// keeps. Files that the user named are read whole; in others, documents of kinds that no rule
/// looks at are skipped. From `parallel_bytes` on, several threads read.
void read_files(const std::vector<SelectedFile>& files,
                const std::function<void(ReadFile file)>& take, std::uint64_t parallel_bytes);

}  // namespace sts::lint
