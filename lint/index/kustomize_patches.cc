#include "lint/index/kustomize_patches.h"

#include "kube/object/reader.h"
#include "lint/index/merge_pointers.h"
#include "lint/index/paths.h"
#include "lint/model/workload.h"

#include <algorithm>

namespace sts::lint {
namespace {

PatchTarget read_target(kube::Value value) {
  PatchTarget target;
  target.kind = value.get("kind").string().value_or("");
  target.name = value.get("name").string().value_or("");
  target.name_space = value.get("namespace").string().value_or("");
  target.is_pattern = true;
  for (const std::string_view key : {"group", "version", "labelSelector", "annotationSelector"}) {
    target.narrowed = target.narrowed || value.get(key);
  }
  return target;
}

PatchTarget own_target(kube::Value patch) {
  PatchTarget target = read_target(patch);
  target.name = patch.get("metadata", "name").string().value_or("");
  target.name_space = patch.get("metadata", "namespace").string().value_or("");
  target.is_pattern = false;
  target.narrowed = false;
  return target;
}

PatchTarget target_named(std::string_view kind, std::string_view name) {
  PatchTarget target;
  target.kind = kind;
  target.name = name;
  return target;
}

bool is_understood(std::string_view pattern) {
  if (pattern.find_first_of("[](){}|+?\\^$") != std::string_view::npos) return false;
  // A `*` repeats what stands before it: only `.*` is understood.
  for (std::size_t at = pattern.find('*'); at != std::string_view::npos;
       at = pattern.find('*', at + 1)) {
    if (at == 0 || pattern[at - 1] != '.') return false;
  }
  return true;
}

// kustomize's regexp: the whole name, in RE2. Only `.` and `.*` are understood here; anything else
// that is special may match. One `.*` to fall back to is enough: what an earlier one could take,
// the last one can as well.
bool pattern_matches(std::string_view pattern, std::string_view text) {
  if (!is_understood(pattern)) return true;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t fallback = std::string_view::npos;
  std::size_t taken = 0;
  while (t < text.size()) {
    if (pattern.substr(p, 2) == ".*") {
      p += 2;
      fallback = p;
      taken = t;
    } else if (p < pattern.size() && (pattern[p] == '.' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (fallback != std::string_view::npos) {
      p = fallback;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (pattern.substr(p, 2) == ".*") p += 2;
  return p == pattern.size();
}

std::vector<TreePtr> read_inline(const Kustomization& kustomization, std::string_view text) {
  auto source = std::make_shared<kube::SourceFile>(kustomization.file->path, std::string(text));
  std::vector<TreePtr> trees;
  for (kube::Document& document : kube::read_documents(source)) {
    if (document.tree) trees.push_back(std::move(document.tree));
  }
  return trees;
}

class Reader {
 public:
  Reader(const Kustomization& kustomization, const PatchFiles& files)
      : kustomization_(kustomization), files_(files) {}

  void add(const std::vector<TreePtr>& trees, const std::optional<PatchTarget>& target,
           kube::Value inline_text = {}) {
    if (trees.empty()) add_pointers(target.value_or(PatchTarget{}), {""});
    for (const TreePtr& tree : trees) {
      const kube::Value root = tree->root();
      if (!root.is_sequence() && !root.is_mapping()) continue;
      Patch patch;
      patch.kustomization = &kustomization_;
      patch.target = target ? *target : own_target(root);
      patch.how = PatchedBy::How::kMerge;
      if (root.is_sequence()) {
        patch.target = target.value_or(PatchTarget{});
        patch.how = PatchedBy::How::kOperations;
        patch.pointers = json_patch_pointers(root);
      }
      patch.content = root;
      patch.inline_text = inline_text;
      patch.tree = tree;
      patches.push_back(std::move(patch));
    }
  }

  void add_entry(kube::Value entry) {
    std::optional<PatchTarget> target;
    if (entry.get("target")) target = read_target(entry.get("target"));
    if (const kube::Value path = entry.get("path")) {
      add(files_(resolve_path(kustomization_.folder, path.text())), target);
    }
    if (const kube::Value patch = entry.get("patch")) {
      add(read_inline(kustomization_, patch.text()), target, patch);
    }
  }

  void add_pointers(PatchTarget target, std::vector<std::string> pointers) {
    Patch patch;
    patch.kustomization = &kustomization_;
    patch.target = std::move(target);
    patch.pointers = std::move(pointers);
    patches.push_back(std::move(patch));
  }

  void add_value(PatchTarget target, std::string pointer, kube::Value value) {
    add_pointers(std::move(target), {std::move(pointer)});
    patches.back().how = PatchedBy::How::kValue;
    patches.back().content = value;
  }

  std::vector<Patch> patches;

 private:
  const Kustomization& kustomization_;
  const PatchFiles& files_;
};

// An entry of patchesStrategicMerge is a file's path or the patch itself.
bool is_inline(std::string_view entry) {
  return entry.find('\n') != std::string_view::npos || entry.find(": ") != std::string_view::npos ||
         entry.find('{') != std::string_view::npos;
}

void add_replacements(kube::Value list, Reader& reader) {
  for (kube::Value replacement : list.items()) {
    if (replacement.get("path")) reader.add_pointers({}, {""});
    for (kube::Value target : replacement.get("targets").items()) {
      std::vector<std::string> pointers;
      for (kube::Value path : target.get("fieldPaths").items()) {
        pointers.push_back(field_path_pointer(path.text()));
      }
      reader.add_pointers(read_target(target.get("select")), std::move(pointers));
    }
  }
}

// The name in `name[:tag][@digest]`; a registry's port is not a tag.
std::string_view image_name(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t colon = image.rfind(':');
  const std::size_t slash = image.rfind('/');
  if (colon == std::string_view::npos) return image;
  return slash != std::string_view::npos && slash > colon ? image : image.substr(0, colon);
}

}  // namespace

std::vector<std::string> patch_paths(const Kustomization& kustomization) {
  std::vector<std::string> paths;
  const auto add = [&](std::string_view path) {
    paths.push_back(resolve_path(kustomization.folder, path));
  };
  for (const std::string_view key : {"patches", "patchesJson6902", "patchesStrategicMerge"}) {
    for (kube::Value entry : kustomization.root.get(key).items()) {
      if (entry.get("path")) add(entry.get("path").text());
      // Also in `patches`, where kustomize 2 took plain paths.
      if (entry.is_scalar() && !is_inline(entry.text())) add(entry.text());
    }
  }
  return paths;
}

std::vector<Patch> patches_of(const Kustomization& kustomization, const PatchFiles& files) {
  Reader reader(kustomization, files);
  const kube::Value root = kustomization.root;
  for (const std::string_view key : {"patches", "patchesJson6902", "patchesStrategicMerge"}) {
    for (kube::Value entry : root.get(key).items()) {
      if (entry.is_mapping()) {
        reader.add_entry(entry);
      } else if (is_inline(entry.text())) {
        reader.add(read_inline(kustomization, entry.text()), std::nullopt, entry);
      } else {
        reader.add(files(resolve_path(kustomization.folder, entry.text())), std::nullopt);
      }
    }
  }
  for (kube::Value entry : root.get("replicas").items()) {
    const auto name = entry.get("name").string();
    if (name) reader.add_value(target_named("", *name), "/spec/replicas", entry.get("count"));
  }
  for (kube::Value entry : root.get("configMapGenerator").items()) {
    const auto behaviour = entry.get("behavior").string();
    const auto name = entry.get("name").string();
    if (name && (behaviour == "merge" || behaviour == "replace")) {
      reader.add_pointers(target_named("ConfigMap", *name), {"/data", "/binaryData"});
    }
  }
  add_replacements(root.get("replacements"), reader);
  if (root.get("transformers").size() > 0) reader.add_pointers({}, {""});
  return std::move(reader.patches);
}

kube::Match targets(const PatchTarget& target, const Object& object,
                    const std::vector<std::string>& names) {
  const auto matches = [&](const std::string& wanted, std::string_view text) {
    return wanted.empty() || (target.is_pattern ? pattern_matches(wanted, text) : wanted == text);
  };
  if (!matches(target.kind, object.kind_name)) return kube::Match::kNo;
  const std::string_view written = object.metadata.get("namespace").text();
  // Where a kustomization sets the namespace, a patch may name it before or after.
  const bool is_set =
      std::any_of(object.kustomizations.begin(), object.kustomizations.end(),
                  [](const Kustomization* each) { return !each->name_space.empty(); });
  if (!written.empty() && !is_set && !matches(target.name_space, written)) return kube::Match::kNo;
  const bool named = matches(target.name, object.name) ||
                     std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                       return matches(target.name, name);
                     });
  if (!named) return kube::Match::kNo;
  const bool sure = !target.narrowed && is_understood(target.name) && is_understood(target.kind) &&
                    (target.name_space.empty() ||
                     (is_understood(target.name_space) && written == target.name_space));
  return sure ? kube::Match::kYes : kube::Match::kUnknown;
}

std::vector<std::string> written_by(const Patch& patch, const Object& object) {
  if (patch.how == PatchedBy::How::kMerge) return merge_pointers(patch.content, object.root);
  return patch.pointers;
}

std::vector<std::string> replaced_images(const Kustomization& kustomization, const Object& object) {
  std::vector<std::string> pointers;
  const PodTemplate pods = pod_template(object);
  const kube::Value images = kustomization.root.get("images");
  for (const std::string_view list : {"containers", "initContainers"}) {
    std::size_t index = 0;
    for (kube::Value container : pods.spec.get(list).items()) {
      const std::string_view name = image_name(container.get("image").text());
      for (kube::Value image : images.items()) {
        if (image.get("name").string() == name) {
          pointers.push_back(pods.pointer + "/spec/" + std::string(list) + '/' +
                             std::to_string(index) + "/image");
        }
      }
      ++index;
    }
  }
  return pointers;
}

bool holds_patch_directive(const kube::Tree& tree) {
  const std::string_view bytes = tree.source().bytes();
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const kube::Node& node = tree.node(static_cast<std::uint32_t>(i));
    if (node.kind != kube::NodeKind::kScalar || node.end <= node.begin) continue;
    const std::string_view text = bytes.substr(node.begin, node.end - node.begin);
    if (text == "$patch" || text == "\"$patch\"" || text == "'$patch'") return true;
  }
  return false;
}

}  // namespace sts::lint
