#pragma once

#include "rollout/status/status.h"

#include <string>
#include <string_view>
#include <utility>

namespace sts::rollout::testing {

inline kube::Time clock(std::int64_t seconds_ago = 0) {
  return kube::parse_time("2026-03-01T12:00:00Z").value() - std::chrono::seconds(seconds_ago);
}

/// shop/web: replicas 4, all at web-old, nothing to do.
inline kube::StatefulSet set_of(std::int64_t replicas) {
  kube::StatefulSet set;
  set.meta.name = "web";
  set.meta.name_space = "shop";
  set.meta.uid = "uid-web";
  set.meta.generation = 3;
  set.meta.created = clock(3600);
  set.observed_generation = 3;
  set.replicas = replicas;
  set.service_name = "web";
  set.selector.match_labels = {{"app", "web"}};
  set.current_revision = "web-old";
  set.update_revision = "web-old";
  return set;
}

/// A pod of that set, Ready for five minutes.
inline kube::Pod pod_of(std::int64_t ordinal, const std::string& revision = "web-old") {
  kube::Pod pod;
  pod.meta.name = "web-" + std::to_string(ordinal);
  pod.meta.name_space = "shop";
  pod.meta.uid = "uid-" + pod.meta.name;
  pod.meta.created = clock(310);
  pod.meta.labels = {{"app", "web"}, {std::string(kube::kRevisionLabel), revision}};
  pod.meta.owners = {{"apps/v1", "StatefulSet", "web", "uid-web", true}};
  pod.node = "node-a";
  pod.hostname = pod.meta.name;
  pod.subdomain = "web";
  pod.phase = "Running";
  pod.ips = {"10.0.0." + std::to_string(ordinal + 1)};
  pod.conditions = {{"PodScheduled", "True", "", "", clock(310)},
                    {"Ready", "True", "", "", clock(300)}};
  kube::Container app;
  app.name = "app";
  app.image = "registry.example/app:1";
  app.seen = app.ready = app.running = app.started = true;
  pod.containers = {app};
  return pod;
}

inline kube::Condition& condition(kube::Pod& pod, std::string_view type) {
  for (kube::Condition& candidate : pod.conditions) {
    if (candidate.type == type) return candidate;
  }
  return pod.conditions.emplace_back(kube::Condition{std::string(type), "", "", "", {}});
}

inline kube::Pod unready(kube::Pod pod, std::int64_t seconds_ago = 120) {
  condition(pod, "Ready") = {"Ready", "False", "ContainersNotReady", "", clock(seconds_ago)};
  pod.containers[0].ready = false;
  return pod;
}

inline kube::Pod waiting_for(kube::Pod pod, const std::string& reason,
                             const std::string& message = "") {
  pod = unready(std::move(pod));
  pod.containers[0].running = false;
  pod.containers[0].waiting_reason = reason;
  pod.containers[0].waiting_message = message;
  return pod;
}

inline kube::Pod crashing(kube::Pod pod) {
  pod = waiting_for(std::move(pod), "CrashLoopBackOff", "back-off 40s restarting failed container");
  pod.containers[0].restarts = 4;
  pod.containers[0].last_terminated = kube::Terminated{"Error", "", 3, 0, clock(12)};
  return pod;
}

inline kube::Pod pending(kube::Pod pod, const std::string& message, std::int64_t seconds_ago = 90) {
  pod.node = "";
  pod.phase = "Pending";
  pod.ips.clear();
  pod.containers[0] = {};
  pod.containers[0].name = "app";
  pod.conditions = {{"PodScheduled", "False", "Unschedulable", message, clock(seconds_ago)}};
  return pod;
}

inline kube::Pod terminating(kube::Pod pod, std::int64_t to_be_gone_seconds_ago) {
  pod.meta.deletion = clock(to_be_gone_seconds_ago);
  pod.meta.deletion_grace_seconds = 30;
  return pod;
}

inline Snapshot snapshot_of(std::int64_t replicas) {
  Snapshot snapshot;
  snapshot.set = set_of(replicas);
  for (std::int64_t i = 0; i < replicas; ++i) snapshot.pods.push_back(pod_of(i));
  snapshot.version = kube::Version{1, 34, 4};
  return snapshot;
}

/// An update from web-old (revision 1) to web-new (revision 2) is under way.
inline void update(Snapshot& snapshot) {
  snapshot.set.update_revision = "web-new";
  for (const auto& [name, number] : {std::pair("web-old", 1), std::pair("web-new", 2)}) {
    kube::ControllerRevision revision;
    revision.meta.name = name;
    revision.revision = number;
    snapshot.revisions.items.push_back(revision);
  }
}

inline kube::Event failed_create_event(const std::string& message, std::int64_t seconds_ago = 20) {
  kube::Event event;
  event.kind = "StatefulSet";
  event.name = "web";
  event.uid = "uid-web";
  event.type = "Warning";
  event.reason = "FailedCreate";
  event.message = message;
  event.count = 7;
  event.last_seen = clock(seconds_ago);
  return event;
}

/// A blocker on one line a field, to be compared as a whole.
inline std::string shown(const Blocker& blocker) {
  std::string out = "[" + std::string(blocker.id) + "] " + blocker.object + ": " + blocker.message;
  for (const std::string& line : blocker.evidence) out += "\n- " + line;
  return out + "\n> " + blocker.way_out + "\n$ " + blocker.command;
}

inline std::string blockers_of(const Snapshot& snapshot) {
  std::string out;
  for (const Blocker& blocker : status(snapshot, clock()).blockers) {
    out += (out.empty() ? "" : "\n") + shown(blocker);
  }
  return out;
}

}  // namespace sts::rollout::testing
