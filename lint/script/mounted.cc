#include "lint/script/mounted.h"

#include "lint/index/index.h"
#include "lint/index/patches.h"

#include <algorithm>

namespace sts::lint {

namespace {

// Does the first line ask for another interpreter (python, perl …)?
bool other_interpreter(std::string_view text) {
  if (!text.starts_with("#!")) return false;
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.find("sh") == std::string_view::npos;
}

bool is_shell_file(std::string_view name, std::string_view text) {
  if (text.starts_with("#!")) return !other_interpreter(text);
  return name.ends_with(".sh") || name.ends_with(".bash");
}

// The entries of one configMap source, as (path below the mount, file).
std::vector<MountedFile> files_of(const Object& workload, kube::Value source,
                                  const RuleContext& context) {
  std::vector<MountedFile> files;
  const auto name = source.get("name").string();
  if (!name) return files;
  const Reference found = context.index.find(workload, Kind::kConfigMap, *name);
  if (found.answer != Answer::kFound || found.nearest.size() != 1) return files;
  const Object* config_map = found.first();
  const kube::Value items = source.get("items");
  for (const kube::Entry& entry : config_map->root.get("data").entries()) {
    if (!entry.value.is_scalar() || patched_at(*config_map, entry.value)) continue;
    std::string path(entry.key.text());
    if (items) {
      path.clear();
      for (const kube::Value item : items.items()) {
        if (item.get("key").string() == entry.key.text()) path = item.get("path").text();
      }
      if (path.empty()) continue;
    }
    MountedFile file;
    file.path = path;
    file.config_map = config_map;
    file.text = entry.value;
    file.shell = is_shell_file(path, entry.value.text());
    if (!other_interpreter(entry.value.text())) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

std::string tidy_path(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '/' && !out.empty() && out.back() == '/') continue;
    out += c;
  }
  if (out.size() > 1 && out.back() == '/') out.pop_back();
  return out;
}

std::vector<MountedFile> mounted_files(const Object& workload, const PodTemplate& pods,
                                       kube::Value container, const RuleContext& context) {
  std::vector<MountedFile> all;
  for (const kube::Value mount : container.get("volumeMounts").items()) {
    const auto mount_path = mount.get("mountPath").string();
    const auto volume_name = mount.get("name").string();
    if (!mount_path || !volume_name || mount.get("subPathExpr")) continue;
    const kube::Value volume = pods.volume(*volume_name);
    std::vector<MountedFile> files;
    if (volume.get("configMap")) {
      files = files_of(workload, volume.get("configMap"), context);
    } else {
      for (const kube::Value source : volume.get("projected", "sources").items()) {
        if (!source.get("configMap")) continue;
        for (MountedFile& file : files_of(workload, source.get("configMap"), context)) {
          files.push_back(std::move(file));
        }
      }
    }
    const kube::Value sub_path = mount.get("subPath");
    for (MountedFile& file : files) {
      if (sub_path) {
        const std::string below = tidy_path(sub_path.text());
        if (file.path == below) {
          file.path = tidy_path(*mount_path);
        } else if (file.path.starts_with(below + "/")) {
          file.path = tidy_path(std::string(*mount_path) + file.path.substr(below.size()));
        } else {
          continue;
        }
      } else {
        file.path = tidy_path(std::string(*mount_path) + "/" + file.path);
      }
      all.push_back(std::move(file));
    }
  }
  return all;
}

}  // namespace sts::lint
