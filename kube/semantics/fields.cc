#include "kube/semantics/fields.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

namespace sts::kube {

namespace {

struct TypeRow {
  std::string_view name;
  std::uint16_t first;
  std::uint16_t count;
};
using EnumRow = TypeRow;

#include "kube/semantics/field_table.inc"

constexpr int kReach = 3;
constexpr TypeId kNoType = 0xffff;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

/// Damerau-Levenshtein with adjacent transpositions, stopped beyond `limit`.
int edits(std::string_view a, std::string_view b, int limit) {
  constexpr std::size_t kMax = 48;
  if (a.size() >= kMax || b.size() >= kMax) return limit + 1;
  std::array<std::array<int, kMax>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    const auto& twice = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int same = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], twice[j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

bool plural_of(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return (b.size() == a.size() + 1 && b.back() == 's' &&
          equal_but_for_case(a, b.substr(0, a.size()))) ||
         (b.size() == a.size() + 2 && b.substr(a.size()) == "es" &&
          equal_but_for_case(a, b.substr(0, a.size()))) ||
         (a.size() + 2 == b.size() && a.back() == 'y' && b.substr(b.size() - 3) == "ies" &&
          equal_but_for_case(a.substr(0, a.size() - 1), b.substr(0, b.size() - 3)));
}

/// Fields that a search for a home does not go through: what only the server writes, and the
/// claim templates' own spec, whose names (`resources`, `selector`) are those of the pod.
bool passable(const Field& field) {
  return field.kind == FieldKind::kStruct && field.name != "status" &&
         field.name != "managedFields" && field.name != "volumeClaimTemplates" &&
         field.name != "initContainers" && field.name != "ephemeralContainers" &&
         field.name != "ephemeral";
}

void search_down(TypeId type, int steps, std::string_view name, TypeId except,
                 std::vector<const Field*>& trail, std::vector<std::vector<const Field*>>& out) {
  if (steps == 0) {
    if (const Field* field = find_field(type, name)) {
      out.push_back(trail);
      out.back().push_back(field);
    }
    return;
  }
  for (const Field& field : fields_of(type)) {
    if (!passable(field) || field.index == except) continue;
    trail.push_back(&field);
    search_down(field.index, steps - 1, name, except, trail, out);
    trail.pop_back();
  }
}

/// How many of the types reachable from `root` have a field of this name. A container's fields are
/// those of an ephemeral container too, which counts as the same.
int owners(TypeId root, std::string_view name) {
  std::set<TypeId> seen{root};
  std::vector<TypeId> queue{root};
  int count = 0;
  while (!queue.empty()) {
    const TypeId type = queue.back();
    queue.pop_back();
    if (find_field(type, name) != nullptr) ++count;
    for (const Field& field : fields_of(type)) {
      if (passable(field) && seen.insert(field.index).second) queue.push_back(field.index);
    }
  }
  return count;
}

}  // namespace

std::optional<TypeId> root_type(std::string_view kind) {
  for (TypeId type = 0; type < 3; ++type) {
    if (kTypes[type].name == kind) return type;
  }
  return std::nullopt;
}

std::string_view type_name(TypeId type) { return kTypes[type].name; }

std::span<const Field> fields_of(TypeId type) {
  return std::span(kFields).subspan(kTypes[type].first, kTypes[type].count);
}

const Field* find_field(TypeId type, std::string_view name) {
  const auto fields = fields_of(type);
  const auto at =
      std::lower_bound(fields.begin(), fields.end(), name,
                       [](const Field& field, std::string_view n) { return field.name < n; });
  return at != fields.end() && at->name == name ? &*at : nullptr;
}

bool is_field_somewhere(std::string_view name) {
  static const std::set<std::string_view> kNames = [] {
    std::set<std::string_view> names;
    for (const Field& field : kFields) names.insert(field.name);
    return names;
  }();
  return kNames.contains(name);
}

std::span<const std::string_view> enum_values(const Field& field) {
  if (field.kind != FieldKind::kEnum) return {};
  const EnumRow& row = kEnums[field.index];
  return std::span(kEnumValues).subspan(row.first, row.count);
}

std::string_view spelt_otherwise(TypeId type, std::string_view name) {
  for (const Field& field : fields_of(type)) {
    if (equal_but_for_case(field.name, name)) return field.name;
  }
  for (const Field& field : fields_of(type)) {
    if (plural_of(field.name, name)) return field.name;
  }
  return {};
}

std::string_view nearest_field(TypeId type, std::string_view name) {
  if (const auto field = spelt_otherwise(type, name); !field.empty()) return field;
  const int limit = name.size() < 4 ? 0 : name.size() < 6 ? 1 : 2;
  int best = limit + 1;
  std::string_view nearest;
  for (const Field& field : fields_of(type)) {
    const int distance = edits(field.name, name, limit);
    if (distance < best) {
      best = distance;
      nearest = field.name;
    } else if (distance == best) {
      nearest = {};
    }
  }
  if (best <= limit) return nearest;
  // Cut short: storageClass, initialDelay.
  for (const Field& field : fields_of(type)) {
    if (name.size() < 5 || field.name.substr(0, name.size()) != name) continue;
    if (!nearest.empty()) return {};
    nearest = field.name;
  }
  return nearest;
}

std::vector<Home> find_homes(std::span<const TypeId> chain, std::string_view name) {
  if (chain.empty()) return {};
  for (int cost = 1; cost <= kReach; ++cost) {
    // Straight up first, then straight down, then sideways.
    std::vector<int> ups{cost, 0};
    for (int up = 1; up < cost; ++up) ups.push_back(up);
    for (const int up : ups) {
      const bool sideways = up > 0 && up < cost;
      if (static_cast<std::size_t>(up) >= chain.size()) continue;
      if (sideways && owners(chain.front(), name) != 1) continue;
      const std::size_t at = chain.size() - 1 - static_cast<std::size_t>(up);
      const TypeId except = sideways ? chain[at + 1] : kNoType;
      std::vector<const Field*> trail;
      std::vector<std::vector<const Field*>> found;
      search_down(chain[at], cost - up, name, except, trail, found);
      if (found.empty()) continue;
      std::vector<Home> homes;
      homes.reserve(found.size());
      for (auto& path : found) homes.push_back({up, std::move(path)});
      return homes;
    }
  }
  return {};
}

}  // namespace sts::kube
