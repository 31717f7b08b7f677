#include "lint/index/merge_pointers.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sts::lint {
namespace {

// The patchMergeKey tags of k8s.io/api core/v1 types.go, for lists that rules look at.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kMergeKeys{{
    {"containers", "name"},
    {"initContainers", "name"},
    {"ephemeralContainers", "name"},
    {"volumes", "name"},
    {"env", "name"},
    {"volumeMounts", "mountPath"},
    {"volumeDevices", "devicePath"},
    {"hostAliases", "ip"},
    {"imagePullSecrets", "name"},
}};

std::string child(const std::string& pointer, std::string_view token) {
  std::string result = pointer + '/';
  for (const char c : token) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::optional<std::size_t> index_of(kube::Value list, std::string_view key,
                                    std::string_view wanted) {
  std::size_t index = 0;
  for (kube::Value item : list.items()) {
    if (item.get(key).text() == wanted) return index;
    ++index;
  }
  return std::nullopt;
}

class Walk {
 public:
  void mapping(kube::Value patch, kube::Value object, const std::string& pointer) {
    if (patch.get("$patch").exists()) {
      written.push_back(pointer);
      return;
    }
    const bool root = pointer.empty();
    for (const kube::Entry& entry : patch.entries()) {
      const std::string_view key = entry.key.text();
      if (root && (key == "apiVersion" || key == "kind")) continue;
      // These say which object is meant.
      if (pointer == "/metadata" && (key == "name" || key == "namespace")) continue;
      value(key, entry.value, object.get(key), child(pointer, key));
    }
  }

  std::vector<std::string> written;

 private:
  void value(std::string_view key, kube::Value patch, kube::Value object,
             const std::string& pointer) {
    if (patch.is_mapping() && patch.size() > 0) {
      mapping(patch, object, pointer);
    } else if (!patch.is_sequence() || !items(key, patch, object, pointer)) {
      written.push_back(pointer);
    }
  }

  bool items(std::string_view key, kube::Value patch, kube::Value object,
             const std::string& pointer) {
    const auto merge =
        std::find_if(kMergeKeys.begin(), kMergeKeys.end(),
                     [&](const auto& list_and_key) { return list_and_key.first == key; });
    if (merge == kMergeKeys.end()) return false;
    std::vector<std::pair<kube::Value, std::size_t>> found;
    for (kube::Value item : patch.items()) {
      if (item.get("$patch").exists()) return false;
      const auto index = index_of(object, merge->second, item.get(merge->second).text());
      if (!index) return false;
      found.emplace_back(item, *index);
    }
    for (const auto& [item, index] : found) {
      kube::Value original;
      std::size_t at = 0;
      for (kube::Value each : object.items()) {
        if (at++ == index) original = each;
      }
      const std::string item_pointer = child(pointer, std::to_string(index));
      for (const kube::Entry& entry : item.entries()) {
        const std::string_view field = entry.key.text();
        if (field == merge->second) continue;
        value(field, entry.value, original.get(field), child(item_pointer, field));
      }
    }
    return true;
  }
};

bool is_item(std::string_view token) {
  return token == "-" || (!token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
           return c >= '0' && c <= '9';
         }));
}

// An item that comes or goes moves the items after it.
std::string without_item(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  if (slash == std::string_view::npos || !is_item(pointer.substr(slash + 1))) {
    return std::string(pointer);
  }
  return std::string(pointer.substr(0, slash));
}

}  // namespace

std::vector<std::string> merge_pointers(kube::Value patch, kube::Value object) {
  Walk walk;
  walk.mapping(patch, object, "");
  return std::move(walk.written);
}

std::vector<std::string> json_patch_pointers(kube::Value operations) {
  std::vector<std::string> written;
  for (kube::Value operation : operations.items()) {
    const auto op = operation.get("op").string();
    const auto path = operation.get("path").string();
    if (op == "test") continue;
    if (!op || !path) {
      written.emplace_back();
      continue;
    }
    written.push_back(op == "replace" ? std::string(*path) : without_item(*path));
    if (op == "move") {
      written.push_back(without_item(operation.get("from").string().value_or("")));
    }
  }
  return written;
}

std::string field_path_pointer(std::string_view path) {
  std::string pointer;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view token = path.substr(0, dot);
    if (token.empty() || token.front() == '[' || token == "*" || is_item(token)) break;
    // `metadata.annotations.a\.b`: a dot that belongs to the key.
    if (token.back() == '\\') break;
    pointer = child(pointer, token);
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return pointer;
}

}  // namespace sts::lint
