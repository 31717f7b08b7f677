#pragma once

#include "lint/change/change.h"
#include "lint/change/compare.h"
#include "lint/rule.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the rules about changes share.
namespace sts::lint {

/// A value of an object at a pointer of mapping keys; absent where some step is.
kube::Value value_at(const Object& object, std::string_view pointer);

/// Both versions of a field are known as they are written: no kustomize patch writes there.
bool field_known(const Change& change, std::string_view pointer);

/// The change is one of an object of this kind that was there before.
bool is_change_of(const Change& change, Kind kind);

/// A claim template's fields, as the API server compares them: apps/v1 conversion.go drops kind and
/// apiVersion of the templates, core/v1 defaults.go sets volumeMode, and status is not compared.
FieldView claim_template_view(std::string_view path);

/// The claim templates of one version by name; those without one are left out.
struct ClaimTemplates {
  explicit ClaimTemplates(const Object& set);
  std::vector<std::pair<std::string_view, kube::Value>> all;
  bool known = true;  // a placeholder or a kustomize patch may make others of them
  kube::Value find(std::string_view name) const;
};

/// The replicas and the first ordinal of one version; nothing where unknown.
struct Ordinals {
  Ordinals(const Object& set, const Index& index);
  std::optional<std::int64_t> replicas;
  std::optional<std::int64_t> start;
};

/// Names claims of the ordinals [first, last]: `data-db-3 to data-db-5`, `data-db-3`.
std::string claim_names(std::string_view claim_template, const Object& set, std::int64_t first,
                        std::int64_t last);

/// ` -n prod`, or nothing where the namespace is not known.
std::string namespace_flag(const Object& object);

/// The recipe that replaces a set and leaves its pods running: delete without its pods, apply.
std::string replace_recipe(const Object& set);

}  // namespace sts::lint
