#include "lint/rules/waits/target.h"

#include "kube/semantics/pod_names.h"
#include "lint/index/kustomize.h"
#include "lint/model/pods.h"
#include "lint/model/service.h"
#include "lint/rules/service/common.h"

#include <algorithm>

namespace sts::lint::waits {
namespace {

// A prefix changes the Service's name, but no text that mentions it.
bool renamed(const Object& object) {
  return std::any_of(
      object.kustomizations.begin(), object.kustomizations.end(),
      [](const Kustomization* k) { return !k->name_prefix.empty() || !k->name_suffix.empty(); });
}

bool own_namespace(const std::string& name_space, const Object& from) {
  return name_space.empty() || name_space == kOwnNamespace || !from.name_space.known() ||
         from.name_space.name == name_space;
}

// The set whose pods the name reaches, in the namespace that is written or the pod's own.
const Object* reached_set(std::string_view name, const std::string& name_space, const Object& from,
                          const Index& index) {
  if (from.kind == Kind::kStatefulSet && from.name == name && own_namespace(name_space, from)) {
    return &from;
  }
  const Reference found = own_namespace(name_space, from)
                              ? index.find(from, Kind::kStatefulSet, name)
                              : index.find_in(from, Kind::kStatefulSet, name, name_space);
  return found.answer == Answer::kFound && found.nearest.size() == 1 ? found.first() : nullptr;
}

// The pods of the workload, and of no other that is meant to be there, stand behind the Service.
bool selects_only(const Object& service, const Object& workload, const Index& index) {
  const auto& pods = index.derived<ServicePods>();
  const auto& sure = pods.sure(service);
  if (std::find(sure.begin(), sure.end(), &workload) == sure.end()) return false;
  const auto& selected = pods.of(service);
  return std::none_of(selected.begin(), selected.end(), [&](const Object* other) {
    if (other == &workload) return false;
    // A copy of the workload, for another environment.
    if (other->kind == workload.kind && other->name == workload.name) return false;
    return service::near_enough(service, *other, index);
  });
}

const Object* only_workload(const std::vector<const Object*>& services, const Object& from,
                            const Index& index) {
  const auto all_select = [&](const Object& workload) {
    return std::all_of(services.begin(), services.end(), [&](const Object* service) {
      return selects_only(*service, workload, index);
    });
  };
  if (all_select(from)) return &from;
  const auto selected = service::surely_selected(*services.front(), index);
  if (selected.size() != 1 || !all_select(*selected.front())) return nullptr;
  return selected.front();
}

// Reads what the Services agree on; false where one of them can be no target.
bool read_services(Target& target) {
  bool first = true;
  for (const Object* service : target.services) {
    const ServiceView view(*service);
    if (view.external_name != false || view.has_selector != true || renamed(*service)) return false;
    if (first) {
      target.headless = view.headless;
      target.publishes = view.publish_not_ready;
    }
    if (target.headless != view.headless) target.headless.reset();
    if (target.publishes != view.publish_not_ready) target.publishes.reset();
    first = false;
  }
  return !first;
}

}  // namespace

std::optional<Target> target_of(const HostName& name, const Object& from,
                                const RuleContext& context) {
  const Index& index = context.index;
  if (renamed(from)) return std::nullopt;
  if (name.service.empty() || name.service.starts_with('<')) return std::nullopt;
  Target target;
  target.name = name;
  target.service = name.service;
  target.pod = !name.pod.empty();
  if (target.pod) {
    if (name.pod == kOwnPod) {
      target.own_pod = true;
      target.set = from.kind == Kind::kStatefulSet ? &from : nullptr;
    } else if (const auto parent = kube::parent_of_pod(name.pod)) {
      target.set = reached_set(*parent, name.name_space, from, index);
      if (target.set != nullptr) target.ordinal = kube::pod_ordinal(*parent, name.pod);
    }
    if (target.set == nullptr) return std::nullopt;
    // Under another Service than the governing one there is no such name at all.
    const StatefulSetView set(*target.set);
    if (set.service_name_unknown || set.service_name != target.service) return std::nullopt;
    // kubelet, ensureHostsFile (1.34): <pod>.<subdomain>.<namespace>.svc.<domain>.
    target.full = name.text.ends_with(".svc." + context.options.cluster_domain);
  }
  Reference found = own_namespace(name.name_space, from)
                        ? index.find(from, Kind::kService, target.service)
                        : index.find_in(from, Kind::kService, target.service, name.name_space);
  if (found.answer != Answer::kFound) return std::nullopt;
  target.services = std::move(found.nearest);
  if (!read_services(target)) return std::nullopt;
  target.workload = only_workload(target.services, from, index);
  return target;
}

}  // namespace sts::lint::waits
