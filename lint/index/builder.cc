#include "lint/index/builder.h"

#include "lint/index/builder_state.h"
#include "lint/index/kinds.h"
#include "lint/index/kustomization_reader.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

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

// Flux has a `kind: Kustomization` of its own group; files of that name in other tools' formats are
// no kustomizations either.
bool is_kustomization(const ProjectFile& file, kube::Value root) {
  if (!is_kustomization_path(file.path) || !root.is_mapping()) return false;
  const std::string_view api_version = root.get("apiVersion").text();
  return api_version.empty() || api_version.find("kustomize.config.k8s.io") == 0;
}

bool says_what_it_is(kube::Value root) {
  return root.get("kind").string() && root.get("apiVersion").string();
}

// What a kustomization may list as a patch though it is no object: a JSON patch, or fields to merge
// whose object the patch's `target` names.
bool is_fragment(kube::Value root) {
  if (root.is_sequence()) {
    for (kube::Value item : root.items()) return item.get("op") && item.get("path");
    return false;
  }
  if (says_what_it_is(root)) return false;
  return root.get("spec").is_mapping() || root.get("metadata").is_mapping();
}

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

CustomResource as_resource(kube::Value value) {
  CustomResource resource;
  resource.api_version = value.get("apiVersion").text();
  resource.kind = value.get("kind").text();
  resource.name = value.get("metadata", "name").string().value_or("");
  resource.name_space = value.get("metadata", "namespace").string().value_or("");
  const kube::ByteRange range = value.range();
  const std::string_view bytes = value.tree().source().bytes();
  resource.text = bytes.substr(std::min<std::size_t>(range.begin, bytes.size()),
                               std::max(range.end, range.begin) - range.begin);
  return resource;
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
  if (installs_more(*api_version, *kind)) {
    take_in_installer(value, *into.file);
    return 1;
  }
  if (makes_others(*api_version, *kind))
    outside.add_custom_resource(as_resource(value), *into.file);
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

void IndexBuilder::State::take_in_installer(kube::Value value, const ProjectFile& file) {
  UnreadPart part;
  part.folder = file.folder;
  part.what = "what " + std::string(value.get("kind").text()) + " \"" +
              std::string(value.get("metadata", "name").text()) + "\" (" + file.path + ") installs";
  part.any_kind = true;
  part.only_along_path = true;
  unread.push_back(std::move(part));
  // A chart calls what it brings after its release, wherever that stands. An Application is mostly
  // a folder of this very project.
  const bool chart =
      value.get("kind").text() != "Application" || value.get("spec", "source", "chart").exists();
  if (chart) outside.add_custom_resource(as_resource(value), file);
}

// A document that nobody parsed: its kind is no rule's business.
void IndexBuilder::State::take_in_skipped(const kube::Document& document, const ProjectFile& file) {
  const auto resource = scan_custom_resource(text_of(file, document.range));
  if (resource) outside.add_custom_resource(*resource, file);
}

void IndexBuilder::State::take_in_unread(const kube::Document& document, const ProjectFile& file) {
  const auto is = [&](kube::ProblemKind kind) {
    return std::any_of(document.problems.begin(), document.problems.end(),
                       [&](const kube::Problem& problem) { return problem.kind == kind; });
  };
  const bool is_template = is(kube::ProblemKind::kTemplate);
  if (!is_template && !is(kube::ProblemKind::kSyntax)) return;
  UnreadPart part = scan_unread(text_of(file, document.range));
  if (is_kustomization_path(file.path)) part.any_kind = true;
  part.folder = is_template ? template_folder(file.path) : file.folder;
  part.what = (is_template ? "the template " : "the broken document in ") + file.path;
  for (const auto& [kind, name] : part.names) outside.add_template(kind_named(kind), name, file);
  if (part.any_kind || !part.kinds.empty()) unread.push_back(std::move(part));
}

IndexBuilder::IndexBuilder(Options options, ProjectScope scope)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->scope = scope;
}

IndexBuilder::~IndexBuilder() = default;

bool IndexBuilder::wanted_kind(std::string_view kind) {
  constexpr std::array<std::string_view, 25> kWanted{
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
      "HelmChart",
      "Application",
  };
  return is_list_kind(kind) || std::find(kWanted.begin(), kWanted.end(), kind) != kWanted.end();
}

void IndexBuilder::add_program(const ProjectFile& file) {
  state_->paths.insert(file.path);
  state_->outside.add_program(file);
}

std::size_t IndexBuilder::add(std::shared_ptr<const ProjectFile> file,
                              const std::vector<kube::Document>& documents) {
  state_->paths.insert(file->path);
  State::FileObjects into;
  into.file = std::move(file);
  const bool may_hold_directives =
      into.file->source && into.file->source->bytes().find("$patch") != std::string_view::npos;
  std::size_t count = 0;
  for (const kube::Document& document : documents) {
    if (document.skipped) {
      state_->take_in_skipped(document, *into.file);
      ++count;
      continue;
    }
    // A template that happens to parse is read as far as it goes; where it does not even say what
    // it is, it may become anything.
    if (document.tree == nullptr || !says_what_it_is(document.tree->root())) {
      state_->take_in_unread(document, *into.file);
    }
    if (document.tree == nullptr) continue;
    if (is_kustomization(*into.file, document.tree->root())) {
      state_->kustomizations.push_back({into.file, document.tree});
    } else if (is_fragment(document.tree->root()) ||
               (may_hold_directives && holds_patch_directive(*document.tree))) {
      state_->fragments[into.file->path].push_back(document.tree);
    } else {
      count += state_->take_in(document, document.tree->root(), into);
    }
  }
  if (!into.objects.empty()) state_->files.push_back(std::move(into));
  return count;
}

}  // namespace sts::lint
