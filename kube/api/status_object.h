#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// A metav1.Status, as far as messages need it (apimachinery v0.34, meta/v1/types.go).
struct StatusObject {
  int code = 0;
  std::string message;
  std::string reason;
  std::string kind;  // details.*
  std::string name;
  std::string group;
  struct Cause {
    std::string reason;
    std::string message;
    std::string field;
  };
  std::vector<Cause> causes;
  std::optional<int> retry_after_seconds;
};

/// Nothing where the text is no JSON object of kind Status.
std::optional<StatusObject> read_status(std::string_view json);

}  // namespace sts::kube
