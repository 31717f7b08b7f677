#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sts::kube {

/// What a field holds in JSON.
enum class FieldKind : std::uint8_t {
  kStruct,
  kString,
  kEnum,  // a string of a closed set, see enum_values()
  kInt32,
  kInt64,
  kBool,
  kQuantity,  // "1Gi" or a number
  kIntOrString,
  kTime,
  kAny,  // anything may stand there
};

enum class Shape : std::uint8_t { kOne, kList, kMap };

/// A struct type of the Kubernetes API, as a number into the generated table.
using TypeId = std::uint16_t;

/// One field of an API type. `index` is the TypeId of a kStruct, else for enum_values() only.
struct Field {
  std::string_view name;
  Shape shape;
  FieldKind kind;
  std::uint16_t index;
};

/// The type of an apps/v1 StatefulSet or DaemonSet or a v1 Service; nothing for other kinds.
/// The table is that of k8s.io/api v0.37.1 (tools/field-table).
std::optional<TypeId> root_type(std::string_view kind);

/// The Go name: "StatefulSetSpec".
std::string_view type_name(TypeId type);

/// Ascending by name.
std::span<const Field> fields_of(TypeId type);

/// Null for an unknown name. Upper and lower case matter, as in the API server's decoder.
const Field* find_field(TypeId type, std::string_view name);

/// Some type has a field of this name.
bool is_field_somewhere(std::string_view name);

/// The values of a kEnum field, in upstream's order; empty for others.
std::span<const std::string_view> enum_values(const Field& field);

/// The field of `type` that is `name` but for upper and lower case or a plural ending; "" for none.
std::string_view spelt_otherwise(TypeId type, std::string_view name);

/// The field of `type` that `name` was surely meant to be: spelt_otherwise(), or the one that is
/// at most two edits away (one in names below six letters, none below four), or that it is the
/// beginning of. "" for none or several.
std::string_view nearest_field(TypeId type, std::string_view name);

/// Where a field belongs that stands where it is not known: `up` levels above the struct it stands
/// in (0: that struct itself), then `down` through these fields. down's last entry is the field.
struct Home {
  int up = 0;
  std::vector<const Field*> down;
};

/// The places nearest to the struct at the end of `chain` (root first) that know a field `name`,
/// at most three steps away. Init and ephemeral containers stand back behind containers. Sideways
/// places (up and down again) count only where one type alone has such a field, since `name` or
/// `path` could belong anywhere.
std::vector<Home> find_homes(std::span<const TypeId> chain, std::string_view name);

}  // namespace sts::kube
