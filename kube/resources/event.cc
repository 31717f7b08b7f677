#include "kube/resources/event.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sts::kube {

Result<Event> Event::from_json(const nlohmann::json& json) {
  const Fields root(json, "Event");
  const Fields about = root.object("involvedObject");
  const Fields series = root.object("series");
  Event event;
  event.kind = about.text("kind");
  event.name_space = about.text("namespace");
  event.name = about.text("name");
  event.uid = about.text("uid");
  event.type = root.text("type");
  event.reason = root.text("reason");
  event.message = root.text("message");
  event.count = std::max({root.integer("count", 1), series.integer("count", 1), std::int64_t{1}});
  for (const auto& time :
       {root.time("lastTimestamp"), series.time("lastObservedTime"), root.time("eventTime"),
        root.object("metadata").time("creationTimestamp")}) {
    if (time && (!event.last_seen || *event.last_seen < *time)) event.last_seen = time;
  }
  return checked(std::move(event), root);
}

}  // namespace sts::kube
