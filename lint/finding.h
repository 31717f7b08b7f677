#pragma once

#include "kube/object/source_file.h"
#include "kube/object/tree.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// One meaning everywhere (docs/rules/README.md). Error: the API server or kubectl's strict
/// decoding rejects it, or pods it asks for never come up, or a name or wait that the manifest
/// relies on never works, and this is proven. Warning: harm is likely, or certain only under
/// conditions that the manifest does not show. Info: worth knowing.
enum class Severity : std::uint8_t { kInfo, kWarning, kError };

std::string_view to_string(Severity severity);

/// A place in an input, or an input as such: one that cannot be read has no places, and of one that
/// was not read only the name is known. Such a place has no position to show; where a format
/// demands one, it is line 1, column 1.
struct Place {
  std::shared_ptr<const kube::SourceFile> source;
  kube::ByteRange range;
  bool whole_file = false;

  kube::Span span() const { return source->span(range); }
};

struct Related {
  Place place;
  std::string message;
};

/// Whom a finding is about.
struct ObjectName {
  std::string kind;
  std::string name_space;  // as far as it is known; "" where nothing says it
  std::string name;

  friend auto operator<=>(const ObjectName&, const ObjectName&) = default;
};

struct Rule;

struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::kError;
  Place place;
  std::string pointer;  // RFC 6901, in the document
  std::optional<ObjectName> object;
  std::string message;  // one sentence, both sides of a mismatch named, no full stop
  std::string fix;      // one suggestion, or empty
  std::vector<Related> related;
};

}  // namespace sts::lint
