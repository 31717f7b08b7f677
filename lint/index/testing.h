#pragma once

#include "kube/object/reader.h"
#include "lint/index/builder.h"
#include "lint/index/paths.h"

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint::testing {

struct TestFile {
  std::string path;
  std::string text;
};

/// A document of its own: a kind with a name, a namespace ("" for none) and further lines below
/// `metadata:`.
inline std::string document(std::string_view api_version, std::string_view kind,
                            std::string_view name, std::string_view name_space = "",
                            std::string_view more_metadata = "", std::string_view rest = "") {
  std::string text = "---\napiVersion: " + std::string(api_version) + "\nkind: ";
  text += kind;
  text += "\nmetadata:\n  name: ";
  text += name;
  text += '\n';
  if (!name_space.empty()) text += "  namespace: " + std::string(name_space) + '\n';
  text += more_metadata;
  text += rest;
  return text;
}

inline std::string set(std::string_view name, std::string_view name_space = "",
                       std::string_view more_metadata = "", std::string_view rest = "") {
  return document("apps/v1", "StatefulSet", name, name_space, more_metadata, rest);
}

inline std::string service(std::string_view name, std::string_view name_space = "",
                           std::string_view more_metadata = "", std::string_view rest = "") {
  return document("v1", "Service", name, name_space, more_metadata, rest);
}

/// Builds an Index from a project in memory, for unit tests: `project({{"db/sts.yaml", "…"}})`.
/// Every file is a target.
inline Index project(const std::vector<TestFile>& files, Options options = {},
                     ProjectScope scope = {}) {
  IndexBuilder builder(std::move(options), scope);
  for (const TestFile& file : files) {
    auto source = std::make_shared<kube::SourceFile>(file.path, file.text);
    auto project_file = std::make_shared<ProjectFile>();
    project_file->source = source;
    project_file->path = file.path;
    project_file->folder = folder_of(file.path);
    project_file->target = true;
    kube::ReadOptions read;
    read.wanted = IndexBuilder::wanted_kind;
    builder.add(std::move(project_file), kube::read_documents(source, read));
  }
  return std::move(builder).build();
}

/// The one object of a kind and name in a file ("" for any file); fails hard where it is missing,
/// so that a test never passes for want of its object.
inline const Object& object(const Index& index, Kind kind, std::string_view name,
                            std::string_view path = "") {
  for (const Object* each : index.of_kind(kind)) {
    if (each->name == name && (path.empty() || each->file->path == path)) return *each;
  }
  throw std::runtime_error("the test's project has no object \"" + std::string(name) + "\"");
}

}  // namespace sts::lint::testing
