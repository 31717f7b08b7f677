#include "lint/index/builder.h"

#include "lint/index/kinds.h"
#include "lint/index/paths.h"
#include "lint/index/state.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

struct FileObjects {
  std::shared_ptr<const ProjectFile> file;
  std::vector<Object> objects;
};

std::string_view text_of(const ProjectFile& file, kube::ByteRange range) {
  const std::string_view bytes = file.source->bytes();
  const std::size_t begin = std::min<std::size_t>(range.begin, bytes.size());
  return bytes.substr(begin, std::max(range.end, range.begin) - begin);
}

// The comment lines directly before a document: Helm writes its source there
// (pkg/action/action.go, renderResources: "---\n# Source: %s\n%s\n").
std::optional<kube::ByteRange> find_source_comment(std::string_view document,
                                                   std::uint32_t offset) {
  constexpr std::string_view kMark = "# Source: ";
  std::size_t at = 0;
  while (at < document.size()) {
    const std::size_t end = std::min(document.find('\n', at), document.size());
    std::string_view line = document.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.substr(0, kMark.size()) == kMark) {
      const auto begin = static_cast<std::uint32_t>(offset + at);
      return kube::ByteRange{begin, static_cast<std::uint32_t>(begin + line.size())};
    }
    if (!line.empty() && line.front() != '#' && line.substr(0, 3) != "---") break;
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

struct IndexBuilder::State {
  Options options;
  ProjectScope scope;
  std::vector<FileObjects> files;
  std::vector<UnreadPart> unread;

  std::size_t take_in(const kube::Document& document, kube::Value value, FileObjects& into);
  void take_in_unread(const kube::Document& document, const ProjectFile& file);
};

namespace {

void set_rendered_from(Object& object, const ProjectFile& file, const kube::Document& document) {
  object.source_comment = find_source_comment(text_of(file, document.range), document.range.begin);
  if (object.source_comment) {
    constexpr std::size_t kMarkLength = 10;
    object.rendered_from = text_of(file, *object.source_comment).substr(kMarkLength);
    return;
  }
  const kube::Value origin = object.metadata.get("annotations", "config.kubernetes.io/origin");
  const auto text = origin.string();
  if (!text) return;
  // The annotation holds YAML of its own: lines `path: …`, `repo: …`, `ref: …`.
  constexpr std::string_view kPath = "path: ";
  std::size_t at = 0;
  while (at < text->size()) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string_view line = text->substr(at, end - at);
    if (line.substr(0, kPath.size()) == kPath) object.rendered_from = line.substr(kPath.size());
    at = end + 1;
  }
}

}  // namespace

std::size_t IndexBuilder::State::take_in(const kube::Document& document, kube::Value value,
                                         FileObjects& into) {
  const auto kind = value.get("kind").string();
  const auto api_version = value.get("apiVersion").string();
  if (!kind || !api_version) return 0;
  if (is_list_kind(*kind)) {
    std::size_t count = 0;
    const kube::Value items = value.get(*kind == "Template" ? "objects" : "items");
    for (kube::Value item : items.items()) count += take_in(document, item, into);
    if (items.is_sequence()) return count;
  }
  if (!wanted_kind(*kind)) return 1;
  Object object;
  object.kind = kind_of(*api_version, *kind);
  object.api_version = *api_version;
  object.kind_name = *kind;
  object.root = value;
  object.metadata = value.get("metadata");
  object.name = object.metadata.get("name").string().value_or("");
  object.file = into.file.get();
  object.tree = document.tree;
  object.from_cluster = static_cast<bool>(object.metadata.get("uid"));
  set_rendered_from(object, *into.file, document);
  into.objects.push_back(std::move(object));
  return 1;
}

void IndexBuilder::State::take_in_unread(const kube::Document& document, const ProjectFile& file) {
  const auto is = [&](kube::ProblemKind kind) {
    return std::any_of(document.problems.begin(), document.problems.end(),
                       [&](const kube::Problem& problem) { return problem.kind == kind; });
  };
  const bool is_template = is(kube::ProblemKind::kTemplate);
  if (!is_template && !is(kube::ProblemKind::kSyntax)) return;
  UnreadPart part = scan_unread(text_of(file, document.range));
  part.folder = is_template ? template_folder(file.path) : file.folder;
  part.what = (is_template ? "the template " : "the broken document in ") + file.path;
  if (part.any_kind || !part.kinds.empty()) unread.push_back(std::move(part));
}

IndexBuilder::IndexBuilder(Options options, ProjectScope scope)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->scope = scope;
}

IndexBuilder::~IndexBuilder() = default;

bool IndexBuilder::wanted_kind(std::string_view kind) {
  constexpr std::array<std::string_view, 23> kWanted{
      "",
      "StatefulSet",
      "DaemonSet",
      "Deployment",
      "ReplicaSet",
      "ReplicationController",
      "Pod",
      "Job",
      "CronJob",
      "Service",
      "Endpoints",
      "EndpointSlice",
      "ConfigMap",
      "PersistentVolumeClaim",
      "PersistentVolume",
      "StorageClass",
      "PodDisruptionBudget",
      "HorizontalPodAutoscaler",
      "ScaledObject",
      "Namespace",
      "Kustomization",
      "Component",
      "HelmRelease",
  };
  return is_list_kind(kind) || std::find(kWanted.begin(), kWanted.end(), kind) != kWanted.end();
}

std::size_t IndexBuilder::add(std::shared_ptr<const ProjectFile> file,
                              std::vector<kube::Document> documents) {
  FileObjects into;
  into.file = std::move(file);
  std::size_t count = 0;
  for (const kube::Document& document : documents) {
    if (document.skipped) {
      ++count;
    } else if (document.tree == nullptr) {
      state_->take_in_unread(document, *into.file);
    } else {
      count += state_->take_in(document, document.tree->root(), into);
    }
  }
  if (!into.objects.empty()) state_->files.push_back(std::move(into));
  return count;
}

Index IndexBuilder::build() && {
  Index index(state_->options);
  auto known = std::make_shared<Index::State>();
  known->unread = std::move(state_->unread);
  known->lone_files = state_->scope.lone_files;
  known->extent = state_->scope.lone_files ? "this file alone" : "this project";
  known->namespaces.emplace(known->builds, state_->options.ambient_namespace);

  std::vector<FileObjects>& files = state_->files;
  std::stable_sort(files.begin(), files.end(), [](const FileObjects& a, const FileObjects& b) {
    return a.file->path < b.file->path;
  });
  std::size_t count = 0;
  for (const FileObjects& each : files) count += each.objects.size();
  index.objects_.reserve(count);
  for (FileObjects& each : files) {
    for (Object& object : each.objects) {
      object.ordinal = static_cast<std::uint32_t>(index.objects_.size());
      object.name_space = known->namespaces->known(object);
      index.objects_.push_back(std::move(object));
    }
    known->files.push_back(std::move(each.file));
  }
  for (const Object& object : index.objects_) {
    const auto kind = static_cast<std::size_t>(object.kind);
    known->by_kind[kind].push_back(&object);
    if (!object.name.empty()) {
      known->names.add(object.kind, object.name, &object);
      for (std::string& name : known->builds.later_names(object)) {
        known->names.add_owned(object.kind, std::move(name), &object);
      }
    } else if (object.metadata.get("name")) {
      known->nameless[kind].push_back(&object);
    }
  }
  known->names.sort();
  index.state_ = std::move(known);
  return index;
}

}  // namespace sts::lint
