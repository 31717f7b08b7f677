#include "rollout/rehearsal/controller.h"

#include "kube/semantics/gates.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace sts::rollout::rehearsal {
namespace {

using kube::ControllerRevision;
using kube::Pod;
using kube::PodManagement;
using kube::StatefulSet;
using kube::UpdateStrategy;

std::optional<std::int64_t> ordinal_of(const StatefulSet& set, const Pod& pod) {
  const std::string_view name = pod.meta.name;
  const std::string stem = set.meta.name + "-";
  if (!name.starts_with(stem)) return std::nullopt;
  std::int64_t ordinal = 0;
  const char* const end = name.data() + name.size();
  const auto [at, error] = std::from_chars(name.data() + stem.size(), end, ordinal);
  if (error != std::errc{} || at != end) return std::nullopt;
  return ordinal;
}

bool running_and_ready(const Pod& pod) { return pod.phase == "Running" && pod.ready(); }

class Sync {
 public:
  explicit Sync(World& world) : world_(world), set_(world.set) {}

  std::vector<PodStep> run() {
    resolve_revisions();
    read_pods();
    advance();
    write_status();
    truncate_history();
    return std::move(steps_);
  }

 private:
  // One place in range: the pod that is there, or the one that is to be.
  struct Replica {
    std::string name;
    std::string revision;  // of the pod there, else the one that it will get
    bool created = false;
  };

  // The revision of the template is reused where one equals it; an older one gets the highest
  // number again. Names stand for equal templates: they are numbered as they come.
  void resolve_revisions() {
    const auto newest =
        std::max_element(world_.revisions.begin(), world_.revisions.end(),
                         [](const auto& a, const auto& b) { return a.revision < b.revision; });
    const std::int64_t next = newest == world_.revisions.end() ? 1 : newest->revision + 1;
    const auto equal =
        std::find_if(world_.revisions.begin(), world_.revisions.end(),
                     [&](const auto& each) { return each.data == set_.pod_template; });
    if (equal == world_.revisions.end()) {
      ControllerRevision made;
      made.meta.name = set_.meta.name + "-" + revision_hash(set_.pod_template);
      made.revision = next;
      made.data = set_.pod_template;
      update_ = made.meta.name;
      world_.revisions.push_back(std::move(made));
    } else {
      if (equal->revision + 1 != next) equal->revision = next;
      update_ = equal->meta.name;
    }
    // Somebody deleted it, or the set is new: what runs counts as what shall run.
    current_ = world_.revision(set_.current_revision) != nullptr ? set_.current_revision : update_;
  }

  static std::string revision_hash(const std::string& pod_template) {
    std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a: any name will do, if equal for equals
    for (const char c : pod_template) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    std::string name;
    for (int i = 0; i < 10; ++i) {
      name += kLetters[hash % kLetters.size()];
      hash /= kLetters.size();
    }
    return name;
  }

  void read_pods() {
    for (std::int64_t index = 0; index < set_.replicas; ++index) {
      const std::string name = set_.pod_name(set_.ordinals_start + index);
      const Pod* const pod = world_.pod(name);
      // newVersionedStatefulSetPod: only a RollingUpdate holds pods back.
      const bool held = set_.strategy == UpdateStrategy::kRollingUpdate && index < set_.partition;
      replicas_.push_back({name,
                           pod != nullptr ? pod->revision()
                           : held         ? current_
                                          : update_,
                           pod != nullptr});
    }
    std::map<std::int64_t, std::string, std::greater<>> beyond;
    for (const Pod& pod : world_.pods) {
      const auto ordinal = ordinal_of(set_, pod);
      if (ordinal && !set_.in_range(*ordinal)) beyond[*ordinal] = pod.meta.name;
    }
    for (auto& [ordinal, name] : beyond) condemned_.push_back(std::move(name));
  }

  bool available(const Pod* pod) const {
    return pod != nullptr && running_and_ready(*pod) &&
           pod->available(set_.min_ready_seconds, world_.now);
  }

  // isUnavailable: not running and available, or on its way out.
  bool unavailable(const std::string& name) const {
    const Pod* const pod = world_.pod(name);
    return !available(pod) || pod->terminating();
  }

  void remove(const std::string& name) {
    steps_.push_back({PodStep::What::kDeleted, name, world_.pod(name)->revision()});
    delete_pod(world_, name);
  }

  void create(const Replica& replica) {
    Pod pod;
    pod.meta.name = replica.name;
    pod.meta.name_space = set_.meta.name_space;
    pod.meta.resource_version = world_.next_resource_version();
    pod.meta.uid = replica.name + "-" + pod.meta.resource_version;
    pod.meta.created = world_.now;
    pod.meta.labels = set_.template_labels;
    pod.meta.labels[std::string(kube::kRevisionLabel)] = replica.revision;
    pod.meta.owners.push_back({"apps/v1", "StatefulSet", set_.meta.name, set_.meta.uid, true});
    pod.containers = containers_of(world_.revision(replica.revision)->data);
    pod.hostname = replica.name;
    pod.subdomain = set_.service_name;
    pod.phase = "Pending";
    world_.pods.push_back(std::move(pod));
    steps_.push_back({PodStep::What::kCreated, replica.name, replica.revision});
  }

  bool ordered() const { return set_.pod_management == PodManagement::kOrderedReady; }

  void advance() {
    if (set_.meta.deletion) return;
    first_unavailable_ = find_first_unavailable();
    for (Replica& replica : replicas_) {
      if (process(replica) && ordered()) return;
    }
    for (const std::string& name : condemned_) {
      if (process_condemned(name) && ordered()) return;
    }
    if (set_.strategy != UpdateStrategy::kRollingUpdate) return;
    update();
  }

  std::string find_first_unavailable() const {
    for (const Replica& replica : replicas_) {
      if (unavailable(replica.name)) return replica.name;
    }
    const auto lowest = std::find_if(condemned_.rbegin(), condemned_.rend(),
                                     [&](const std::string& name) { return unavailable(name); });
    if (lowest != condemned_.rend()) return *lowest;
    return "";
  }

  // processReplica: true where an ordered set goes no further in this sync.
  bool process(Replica& replica) {
    const Pod* const pod = world_.pod(replica.name);
    if (pod != nullptr && (pod->phase == "Failed" || pod->phase == "Succeeded")) {
      if (!pod->terminating()) remove(replica.name);
      return true;
    }
    if (pod == nullptr) {
      create(replica);
      return true;
    }
    return pod->terminating() || !available(pod);
  }

  bool process_condemned(const std::string& name) {
    const Pod& pod = *world_.pod(name);
    if (pod.terminating()) return true;
    if (!available(&pod) && ordered() && name != first_unavailable_) return true;
    remove(name);
    return true;
  }

  void update() {
    switch (update_phase(world_.version)) {
      case UpdatePhase::kOneByOne:
        update_one_by_one();
        return;
      case UpdatePhase::kBudget:
        update_within_budget(false);
        return;
      case UpdatePhase::kBudgetSparingSick:
        update_within_budget(!ordered());
        return;
    }
  }

  bool outdated(const Replica& replica) const {
    const Pod* const pod = world_.pod(replica.name);
    return pod != nullptr && !pod->terminating() && pod->revision() != update_;
  }

  void update_one_by_one() {
    for (std::int64_t index = set_.replicas - 1; index >= set_.partition; --index) {
      const Replica& replica = replicas_[static_cast<std::size_t>(index)];
      if (outdated(replica)) {
        remove(replica.name);
        return;
      }
      if (waits_for(replica)) return;
    }
  }

  // Up to 1.33 Ready was enough here, since then minReadySeconds counts (isHealthy became
  // isUnavailable).
  bool waits_for(const Replica& replica) const {
    const Pod* const pod = world_.pod(replica.name);
    if (pod == nullptr || pod->terminating()) return true;
    return world_.version < kube::Version{1, 34, 0} ? !running_and_ready(*pod) : !available(pod);
  }

  std::int64_t budget() const {
    if (!set_.max_unavailable) return 1;
    return std::max<std::int64_t>(
        1, kube::scaled(*set_.max_unavailable, set_.replicas, kube::Rounding::kDown));
  }

  void update_within_budget(bool sick_first) {
    std::int64_t down = 0;
    bool sick_and_outdated = false;
    for (const Replica& replica : replicas_) {
      if (!unavailable(replica.name)) continue;
      ++down;
      sick_and_outdated = sick_and_outdated || outdated(replica);
    }
    std::int64_t left = budget() - down;
    if (left <= 0 && !(sick_first && sick_and_outdated)) return;
    const auto visit = [&](const std::function<bool(const Replica&)>& wanted) {
      for (std::int64_t index = set_.replicas - 1; index >= set_.partition; --index) {
        const Replica& replica = replicas_[static_cast<std::size_t>(index)];
        if (outdated(replica) && wanted(replica)) remove(replica.name);
      }
    };
    if (sick_first) {
      visit([&](const Replica& replica) { return unavailable(replica.name); });
      visit([&](const Replica& replica) { return !unavailable(replica.name) && left-- > 0; });
    } else {
      visit([&](const Replica&) { return left-- > 0; });
    }
  }

  void write_status() {
    StatefulSet& set = set_;
    set.observed_generation = set.meta.generation;
    set.update_revision = update_;
    set.current_revision = current_;
    set.status_replicas = set.ready_replicas = set.available_replicas = 0;
    set.current_replicas = set.updated_replicas = 0;
    for (const Pod& pod : world_.pods) {
      if (!ordinal_of(set, pod)) continue;
      ++set.status_replicas;
      if (running_and_ready(pod)) ++set.ready_replicas;
      if (available(&pod)) ++set.available_replicas;
      if (pod.terminating()) continue;
      if (pod.revision() == current_) ++set.current_replicas;
      if (pod.revision() == update_) ++set.updated_replicas;
    }
    complete();
  }

  // completeUpdate: by counts, not by the partition, and Ready is enough. Without replicas nothing
  // keeps it from being true. OnDelete sets complete since 1.36 (kubernetes#136833).
  void complete() {
    StatefulSet& set = set_;
    const bool can =
        set.strategy == UpdateStrategy::kRollingUpdate || world_.version >= kube::Version{1, 36, 0};
    if (!can || set.updated_replicas != set.replicas || set.ready_replicas != set.replicas ||
        set.status_replicas != set.replicas) {
      return;
    }
    set.current_replicas = set.updated_replicas;
    set.current_revision = update_;
  }

  // With the revisions as they were before this sync's status: what was current a moment ago lives
  // until the next one.
  void truncate_history() {
    std::set<std::string, std::less<>> live = {current_, update_};
    for (const Pod& pod : world_.pods) live.insert(pod.revision());
    std::vector<const ControllerRevision*> history;
    for (const ControllerRevision& revision : world_.revisions) {
      if (!live.contains(revision.meta.name)) history.push_back(&revision);
    }
    std::sort(history.begin(), history.end(),
              [](const auto* a, const auto* b) { return a->revision < b->revision; });
    const auto limit =
        static_cast<std::size_t>(std::max<std::int64_t>(set_.revision_history_limit, 0));
    std::set<std::string> gone;
    for (std::size_t i = 0; i + limit < history.size(); ++i) gone.insert(history[i]->meta.name);
    std::erase_if(world_.revisions,
                  [&](const ControllerRevision& each) { return gone.contains(each.meta.name); });
  }

  World& world_;
  StatefulSet& set_;
  std::string update_;
  std::string current_;
  std::vector<Replica> replicas_;
  std::vector<std::string> condemned_;  // highest ordinal first
  std::string first_unavailable_;
  std::vector<PodStep> steps_;
};

}  // namespace

UpdatePhase update_phase(const kube::Version& version) {
  if (kube::support(kube::GatedField::kMaxUnavailable, version) != kube::Support::kServed) {
    return UpdatePhase::kOneByOne;
  }
  return version >= kube::Version{1, 37, 0} ? UpdatePhase::kBudgetSparingSick
                                            : UpdatePhase::kBudget;
}

std::vector<PodStep> sync(World& world) { return Sync(world).run(); }

}  // namespace sts::rollout::rehearsal
