#pragma once

#include "lint/index/builds.h"
#include "lint/index/index.h"
#include "lint/index/object.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// The algebra of namespaces. What an object says is a name, nothing (ambient: whatever `kubectl
/// -n` is) or a placeholder; kustomizations may set another one in each build.
class Namespaces {
 public:
  Namespaces(const Builds& builds, std::optional<std::string> ambient)
      : builds_(builds), ambient_(std::move(ambient)) {}

  /// Reads what the objects say once; their ordinals must be set.
  void remember(std::span<const Object> objects);

  /// What is known of where the object will live, over all builds.
  NamespaceName known(const Object& object) const;

  SameNamespace same(const Object& a, const Object& b) const;

  /// Could `object` live in the namespace written out as `name`, in the builds it shares with
  /// `from` (in all of its builds if they share none)?
  SameNamespace same(const Object& from, const Object& object, std::string_view name) const;

 private:
  struct One {
    enum class State : std::uint8_t { kName, kAmbient, kUnknown } state;
    std::string_view text;
  };
  static SameNamespace compare(One a, One b);
  One read(const Object& object) const;
  One written(const Object& object) const;
  One built(const Object& object, const BuildStep& step) const;
  std::vector<One> all(const Object& object) const;

  const Builds& builds_;
  std::optional<std::string> ambient_;
  std::vector<One> written_;  // by ordinal
};

}  // namespace sts::lint
