#pragma once

#include "kube/resources/metadata.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace sts::kube {

/// core/v1 Event, of either of the two APIs that write it.
struct Event {
  std::string kind;  // of the object that it is about
  std::string name_space;
  std::string name;
  std::string uid;
  std::string type;  // Normal or Warning
  std::string reason;
  std::string message;
  std::int64_t count = 1;
  /// When it was seen last: the newest of lastTimestamp, series.lastObservedTime, eventTime and
  /// creationTimestamp that is set.
  std::optional<Time> last_seen;

  static Result<Event> from_json(const nlohmann::json& json);
};

}  // namespace sts::kube
