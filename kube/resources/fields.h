#pragma once

#include "kube/result.h"
#include "kube/semantics/int_or_percent.h"
#include "kube/semantics/timestamp.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

using StringMap = std::map<std::string, std::string, std::less<>>;

/// Reads the fields of one JSON object, as a Go client does: a field that is missing or null is
/// its zero value, an unknown one is passed over. A field of another type than the API's is noted,
/// the first such in problem(), and reads as missing. The JSON must outlive it.
class Fields {
 public:
  /// `kind` begins the message of a problem.
  Fields(const nlohmann::json& object, std::string_view kind);

  std::string text(std::string_view key) const;
  std::optional<std::string> optional_text(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise) const;
  std::optional<IntOrPercent> int_or_percent(std::string_view key) const;
  std::optional<Time> time(std::string_view key) const;
  StringMap strings(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;
  /// Without fields where the key is missing.
  Fields object(std::string_view key) const;
  bool has(std::string_view key) const;
  void each(std::string_view key, const std::function<void(const Fields&)>& visit) const;
  /// Null where the key is missing.
  const nlohmann::json* raw(std::string_view key) const;

  /// "StatefulSet: .spec.replicas is a string, expected a whole number"; empty for none. Shared
  /// with the Fields made from this one.
  const std::string& problem() const;

 private:
  struct Problem;
  Fields(const nlohmann::json* object, std::string path, std::shared_ptr<Problem> problem);
  const nlohmann::json* typed(std::string_view key, std::string_view expected) const;
  void note(std::string_view key, const nlohmann::json& found, std::string_view expected) const;

  const nlohmann::json* object_;  // null for a missing one
  std::string path_;
  std::shared_ptr<Problem> problem_;
};

}  // namespace sts::kube
