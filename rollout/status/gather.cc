#include "rollout/status/gather.h"

#include "kube/semantics/pod_names.h"
#include "rollout/read.h"
#include "rollout/status/queries.h"
#include "rollout/status/view.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace sts::rollout {
namespace {

using kube::ApiResult;

constexpr std::size_t kMostNodes = 3;

kube::Time now_of(kube::Client& client) {
  return std::chrono::floor<std::chrono::seconds>(client.loop().clock().wall());
}

// Takes what could be read; a list that the user may not have is left out, other failures stand.
template <typename T>
std::optional<kube::ApiError> take_part(ApiResult<std::vector<T>> listed, Part<T>& part) {
  if (listed) {
    part.items = std::move(*listed);
    return std::nullopt;
  }
  if (listed.error().kind != kube::ApiErrorKind::kForbidden) return std::move(listed.error());
  part.unreadable = listed.error().message;
  return std::nullopt;
}

// What is listed beside the sets, all at the same time.
class Surroundings {
 public:
  Surroundings(kube::Client& client, std::string_view name_space, const Queries& queries,
               std::function<bool(const kube::Pod&)> keep_pod,
               std::function<bool(const kube::Event&)> keep_event)
      : client_(client),
        pods_(std::move(keep_pod)),
        events_(std::move(keep_event)),
        pods_call_(client.list(kube::kPods, name_space, queries.pods, pods_.sink())),
        claims_call_(
            client.list(kube::kPersistentVolumeClaims, name_space, queries.claims, claims_.sink())),
        events_call_(client.list(kube::kEvents, name_space, queries.events, events_.sink())),
        revisions_call_(client.list(kube::kControllerRevisions, name_space, queries.revisions,
                                    revisions_.sink())) {}

  // Into one snapshot, whose set is already there.
  ApiResult<void> take(Snapshot& into) {
    client_.wait(pods_call_, claims_call_, events_call_, revisions_call_);
    auto pods = pods_.take(pods_call_.result(), kube::kPods);
    if (!pods) return tl::unexpected<kube::ApiError>(pods.error());
    into.pods = std::move(*pods);
    for (auto& wrong :
         {take_part(claims_.take(claims_call_.result(), kube::kPersistentVolumeClaims),
                    into.claims),
          take_part(events_.take(events_call_.result(), kube::kEvents), into.events),
          take_part(revisions_.take(revisions_call_.result(), kube::kControllerRevisions),
                    into.revisions)}) {
      if (wrong) return tl::unexpected<kube::ApiError>(*wrong);
    }
    return {};
  }

 private:
  kube::Client& client_;
  Collection<kube::Pod> pods_;
  Collection<kube::Claim> claims_;
  Collection<kube::Event> events_;
  Collection<kube::ControllerRevision> revisions_;
  kube::Pending<kube::Listed> pods_call_;
  kube::Pending<kube::Listed> claims_call_;
  kube::Pending<kube::Listed> events_call_;
  kube::Pending<kube::Listed> revisions_call_;
};

// Nodes and names that the first look made suspicious. They explain, so what cannot be read is
// passed over.
void look_again(kube::Client& client, Snapshot& snapshot) {
  const kube::Time now = now_of(client);
  std::vector<std::string> nodes = suspicious_nodes(snapshot, now);
  if (nodes.size() > kMostNodes) nodes.resize(kMostNodes);
  for (const std::string& name : nodes) {
    if (auto node =
            as<kube::ClusterNode>(client.await(client.get(kube::kNodes, "", name)), kube::kNodes)) {
      snapshot.nodes.push_back(std::move(*node));
    }
  }
  const std::string missing = unexplained_pod(snapshot, now);
  if (missing.empty()) return;
  const std::string& name_space = snapshot.set.meta.name_space;
  if (auto pod =
          as<kube::Pod>(client.await(client.get(kube::kPods, name_space, missing)), kube::kPods)) {
    snapshot.pods.push_back(std::move(*pod));
  }
}

// "db" of "db-3" and of "data-db-3": every set of the namespace that the name may belong to.
template <typename Visit>
void each_owner(std::string_view name, const Visit& visit) {
  const auto parent = kube::parent_of_pod(name);
  if (!parent) return;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    visit(parent->substr(at));
    const std::size_t dash = parent->find('-', at);
    at = dash == std::string_view::npos ? dash : dash + 1;
  }
}

using Sets = std::map<std::pair<std::string, std::string>, Snapshot, std::less<>>;

Snapshot* find(Sets& sets, const std::string& name_space, std::string_view name) {
  const auto found = sets.find(std::pair(name_space, std::string(name)));
  return found == sets.end() ? nullptr : &found->second;
}

// Each object to the sets that it may belong to.
void distribute(Snapshot& all, Sets& sets) {
  for (kube::Pod& pod : all.pods) {
    const auto parent = kube::parent_of_pod(pod.meta.name);
    Snapshot* const set = parent ? find(sets, pod.meta.name_space, *parent) : nullptr;
    if (set != nullptr) set->pods.push_back(std::move(pod));
  }
  for (const kube::Claim& claim : all.claims.items) {
    each_owner(claim.meta.name, [&](std::string_view owner) {
      if (Snapshot* const set = find(sets, claim.meta.name_space, owner)) {
        set->claims.items.push_back(claim);
      }
    });
  }
  for (const kube::Event& event : all.events.items) {
    if (event.kind == "StatefulSet") {
      if (Snapshot* const set = find(sets, event.name_space, event.name)) {
        set->events.items.push_back(event);
      }
      continue;
    }
    each_owner(event.name, [&](std::string_view owner) {
      if (Snapshot* const set = find(sets, event.name_space, owner)) {
        set->events.items.push_back(event);
      }
    });
  }
  for (const kube::ControllerRevision& revision : all.revisions.items) {
    const kube::OwnerReference* const owner = revision.meta.controller();
    Snapshot* const set =
        owner == nullptr ? nullptr : find(sets, revision.meta.name_space, owner->name);
    if (set != nullptr) set->revisions.items.push_back(revision);
  }
  for (auto& [key, set] : sets) {
    set.claims.unreadable = all.claims.unreadable;
    set.events.unreadable = all.events.unreadable;
    set.revisions.unreadable = all.revisions.unreadable;
    set.version = all.version;
  }
}

void take_version(const ApiResult<kube::ServerVersion>& version, Snapshot& snapshot) {
  if (version) snapshot.version = version->version;
}

bool is_interrupt(const kube::ApiError& error) {
  return error.kind == kube::ApiErrorKind::kInterrupted;
}

}  // namespace

ApiResult<Snapshot> gather(kube::Client& client, std::string_view name_space,
                           std::string_view name) {
  auto set_call = client.get(kube::kStatefulSets, name_space, name);
  auto version_call = client.server_version();
  client.wait(set_call, version_call);
  auto set = as<kube::StatefulSet>(set_call.result(), kube::kStatefulSets);
  if (!set) return tl::unexpected<kube::ApiError>(set.error());
  Snapshot snapshot;
  snapshot.set = std::move(*set);
  if (!version_call.result() && is_interrupt(version_call.result().error())) {
    return tl::unexpected<kube::ApiError>(version_call.result().error());
  }
  take_version(version_call.result(), snapshot);
  Surroundings surroundings(
      client, name_space, queries_of(snapshot.set), {},
      [&](const kube::Event& event) { return concerns(snapshot.set, event); });
  if (auto taken = surroundings.take(snapshot); !taken) {
    return tl::unexpected<kube::ApiError>(taken.error());
  }
  look_again(client, snapshot);
  return snapshot;
}

ApiResult<std::vector<Snapshot>> gather_all(kube::Client& client, std::string_view name_space) {
  Collection<kube::StatefulSet> sets_of_all;
  auto sets_call = client.list(kube::kStatefulSets, name_space, {}, sets_of_all.sink());
  auto version_call = client.server_version();
  client.wait(sets_call, version_call);
  auto listed = sets_of_all.take(sets_call.result(), kube::kStatefulSets);
  if (!listed) return tl::unexpected<kube::ApiError>(listed.error());
  if (listed->empty()) return std::vector<Snapshot>{};

  Sets sets;
  for (kube::StatefulSet& set : *listed) {
    std::pair key(set.meta.name_space, set.meta.name);
    set.pod_template.clear();
    sets[std::move(key)].set = std::move(set);
  }
  Snapshot all;
  take_version(version_call.result(), all);
  // Pods that no set can have are dropped as they come in: most of a cluster's.
  Surroundings surroundings(
      client, name_space, queries_of_all(),
      [&](const kube::Pod& pod) {
        const auto parent = kube::parent_of_pod(pod.meta.name);
        return parent && find(sets, pod.meta.name_space, *parent) != nullptr;
      },
      [&](const kube::Event& event) {
        bool ours = event.kind == "StatefulSet";
        each_owner(event.name, [&](std::string_view owner) {
          ours = ours || find(sets, event.name_space, owner) != nullptr;
        });
        return ours;
      });
  if (auto taken = surroundings.take(all); !taken) {
    return tl::unexpected<kube::ApiError>(taken.error());
  }
  distribute(all, sets);
  std::vector<Snapshot> snapshots;
  for (auto& [key, set] : sets) snapshots.push_back(std::move(set));
  return snapshots;
}

}  // namespace sts::rollout
