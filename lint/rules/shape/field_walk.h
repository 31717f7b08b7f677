#pragma once

#include "kube/object/tree.h"
#include "kube/semantics/fields.h"
#include "lint/index/object.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint::shape {

/// One entry of a mapping that should be an API struct, with the way down to it.
struct FieldSite {
  std::vector<kube::TypeId> types;  // the structs from the root down; the last holds the entry
  std::vector<kube::Value> values;  // the mappings that they are written as
  std::vector<std::string> names;   // names[i] leads to types[i], "[]" added for list items
  kube::Entry entry;
  const kube::Field* field = nullptr;  // null: the struct has no such field

  std::string_view key() const { return entry.key.text(); }
};

/// Walks what an object writes beside the API's own types, in the order written. Only for the kinds
/// that kube::root_type() knows. What is below an unknown field, a placeholder or a value of the
/// wrong shape is passed over.
void walk_fields(const Object& object, const std::function<void(const FieldSite&)>& visit);

enum class KeyVerdict : std::uint8_t {
  kKnown,
  kLeft,       // unknown, but another rule's business, a tool's, or a placeholder
  kMisplaced,  // unknown here, and there is one place where it belongs
  kUnknown,
};

/// What is to be said of one entry's key.
struct KeyJudgement {
  KeyVerdict verdict = KeyVerdict::kKnown;
  std::string home;        // kMisplaced: the path of the struct that it belongs in, "" for the root
  std::string suggestion;  // kUnknown: the field of the same struct that was meant, or ""
};

/// kube::find_homes of one object's keys: a generated list makes one slip thousands of times.
class HomeCache {
 public:
  const std::vector<kube::Home>& find(const FieldSite& site);

 private:
  std::map<std::pair<std::vector<kube::TypeId>, std::string_view>, std::vector<kube::Home>> found_;
};
KeyJudgement judge_key(const Object& object, const FieldSite& site, HomeCache& homes);

}  // namespace sts::lint::shape
