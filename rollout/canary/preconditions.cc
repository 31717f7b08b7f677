#include "rollout/canary/preconditions.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sts::rollout::canary {
namespace {

class Check {
 public:
  Check(const Observation& observed, const Release& release, const Surroundings& surroundings,
        const Allowances& allowances)
      : observed_(observed),
        set_(observed.set),
        release_(release),
        surroundings_(surroundings),
        allowances_(allowances),
        members_(observed) {}

  std::vector<Objection> run() {
    strategy();
    settled();
    partition();
    baseline();
    size();
    server();
    autoscalers();
    budget();
    manager();
    max_unavailable();
    return std::move(objections_);
  }

 private:
  void object(std::string_view id, std::string text, Severity severity = Severity::kError) {
    objections_.push_back({id, severity, std::move(text)});
  }
  bool adopts() const { return release_.pod_template.empty(); }

  void strategy() {
    if (set_.strategy == kube::UpdateStrategy::kRollingUpdate) return;
    object("P1", "updateStrategy.type is " + set_.strategy_name + ": a canary needs RollingUpdate");
  }

  void settled() {
    if (!is_observed(set_)) {
      object("P2", "the controller has not seen the last change of the set: try again");
      return;
    }
    if (!adopts() && set_.current_revision != set_.update_revision) {
      object("P2", "the set is between the revisions " + set_.current_revision + " and " +
                       set_.update_revision +
                       ": let it settle, or take the one that is there with --adopt");
      return;
    }
    if (adopts() && set_.current_revision == set_.update_revision) {
      object("P2", "there is nothing to adopt: the template is that of the pods");
    }
    for (const Member& member : members_.all()) {
      if (auto why = unsettled(member)) object("P2", std::move(*why));
    }
  }

  std::optional<std::string> unsettled(const Member& member) const {
    if (member.foreign) return member.name + " belongs to another owner";
    if (member.pod == nullptr) return member.name + " does not exist";
    const std::string& revision = member.pod->revision();
    const bool may_be_new = adopts() && member.index >= set_.partition;
    if (revision != set_.current_revision && !(may_be_new && revision == set_.update_revision)) {
      return member.name + " is at the revision \"" + revision + "\", not at " +
             set_.current_revision;
    }
    if (!members_.available(member)) return member.name + " is not Available";
    return std::nullopt;
  }

  void partition() {
    if (set_.partition == 0 || adopts()) return;
    object("P3", "updateStrategy.rollingUpdate.partition is " + std::to_string(set_.partition) +
                     ": somebody holds a rollout; set it to 0, or use --adopt");
  }

  void baseline() {
    if (!has_revision(observed_, set_.current_revision)) {
      object("P4", "the ControllerRevision " + set_.current_revision +
                       " of the running pods is gone: there would be no way back");
    }
    if (set_.revision_history_limit < 1) {
      object("P4",
             "revisionHistoryLimit is 0: the baseline would be deleted once all pods are "
             "updated; set it to 1 or more");
    }
  }

  void size() {
    if (set_.replicas >= kPark) {
      object("P5",
             std::to_string(set_.replicas) + " replicas are more than a canary can hold back");
    } else if (set_.replicas < 1 || (set_.replicas < 2 && !allowances_.single)) {
      object("P5", std::to_string(set_.replicas) +
                       (set_.replicas == 1 ? " replica has" : " replicas have") +
                       " no canary beside the others: --allow-single takes one");
    }
    if (const auto plan = stages(release_.plan, set_.replicas); !plan) {
      object("P5", plan.error().message);
    }
  }

  // kubernetes/kubernetes#119684: from 1.27 until the patches of 1.28, pods below the partition
  // came back at the new revision. Which patch of 1.28 has the fix is not known for sure.
  void server() {
    const kube::Version& version = observed_.version;
    if (version.minor == 27 || (version.minor == 28 && version.patch < 6)) {
      object("P6", "the server's version " + kube::to_string(version) +
                       " brings pods below the partition back at the new revision "
                       "(kubernetes/kubernetes#119684)");
    } else if (version >= kube::Version{1, 35, 0} && version < kube::Version{1, 35, 4}) {
      object("P6",
             "the server's version " + kube::to_string(version) +
                 " never replaces a broken pod by itself (kubernetes/kubernetes#137409)",
             Severity::kWarning);
    }
  }

  void autoscalers() {
    for (const std::string& name : surroundings_.autoscalers) {
      object("P7",
             name + " scales the set, and scaling down takes the canary's pods first" +
                 (allowances_.autoscaling ? "" : ": --allow-hpa accepts it; a change pauses"),
             allowances_.autoscaling ? Severity::kWarning : Severity::kError);
    }
  }

  void budget() {
    if (release_.plan.ignore_budget || observed_.disruptions_allowed.value_or(1) >= 1) return;
    object("P8",
           "a PodDisruptionBudget of the pods allows no disruption now: --ignore-pdb goes on");
  }

  void manager() {
    if (surroundings_.partition_manager.empty()) return;
    object("P9", surroundings_.partition_manager +
                     " sets updateStrategy.rollingUpdate.partition: its next apply would release "
                     "all pods at once; take the field out there");
  }

  void max_unavailable() {
    const std::int64_t most = effective_max_unavailable(set_, observed_.version);
    if (most <= 1) return;
    object("P10",
           "maxUnavailable lets the controller take " + std::to_string(most) +
               " pods at once: the canary releases them one by one",
           Severity::kWarning);
  }

  const Observation& observed_;
  const kube::StatefulSet& set_;
  const Release& release_;
  const Surroundings& surroundings_;
  const Allowances& allowances_;
  const Members members_;
  std::vector<Objection> objections_;
};

}  // namespace

std::vector<Objection> find_objections(const Observation& observed, const Release& release,
                                       const Surroundings& surroundings,
                                       const Allowances& allowances) {
  return Check(observed, release, surroundings, allowances).run();
}

}  // namespace sts::rollout::canary
