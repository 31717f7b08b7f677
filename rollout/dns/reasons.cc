#include "rollout/dns/reasons.h"

#include "kube/resources/pod_status.h"
#include "kube/semantics/pod_names.h"

#include <algorithm>

namespace sts::rollout {
namespace {

void set(NameVerdict& verdict, DnsReason reason, std::string why, std::string way_out) {
  verdict.reason = reason;
  verdict.why = std::move(why);
  verdict.way_out = std::move(way_out);
}

std::string labels_text(const kube::StringMap& labels) {
  std::string text;
  for (const auto& [key, value] : labels) text += (text.empty() ? "" : ",") + key + "=" + value;
  return text;
}

std::string label_text(const kube::StringMap& labels, std::string_view key) {
  const auto label = labels.find(key);
  return label == labels.end() ? "no label " + std::string(key)
                               : label->first + "=" + label->second;
}

bool has_family(const kube::Service& service, const kube::Pod& pod) {
  if (service.ip_families.empty()) return true;
  return std::any_of(pod.ips.begin(), pod.ips.end(), [&](const std::string& ip) {
    const std::string family = ip.find(':') == std::string::npos ? "IPv4" : "IPv6";
    return std::find(service.ip_families.begin(), service.ip_families.end(), family) !=
           service.ip_families.end();
  });
}

class PodName {
 public:
  PodName(const DnsSnapshot& snapshot, std::int64_t ordinal, NameVerdict& verdict)
      : snapshot_(snapshot), set_(snapshot.set), pod_(set_.pod_name(ordinal)), verdict_(verdict) {}

  void explain() {
    if (set_.service_name.empty()) {
      return say(DnsReason::kNoServiceName,
                 "StatefulSet " + set_.meta.name + " has no serviceName, so its pods have no names",
                 "serviceName cannot be changed: delete the set with --cascade=orphan and create "
                 "it again with one");
    }
    const kube::Service* const service =
        find_service(snapshot_, set_.meta.name_space, set_.service_name);
    if (service == nullptr) {
      return say(
          DnsReason::kServiceMissing,
          "Service " + set_.service_name + " does not exist in namespace " + set_.meta.name_space,
          "create a Service " + set_.service_name + " with clusterIP: None that selects " +
              labels_text(set_.template_labels));
    }
    if (service->external()) {
      return say(DnsReason::kExternalName,
                 "Service " + set_.service_name + " is an ExternalName for " +
                     service->external_name + ", and below an alias there are no names",
                 "make " + set_.service_name + " a Service with clusterIP: None that selects " +
                     labels_text(set_.template_labels));
    }
    const auto pod =
        std::find_if(snapshot_.pods.begin(), snapshot_.pods.end(),
                     [&](const kube::Pod& candidate) { return candidate.meta.name == pod_; });
    if (pod == snapshot_.pods.end()) {
      return say(DnsReason::kPodMissing, "there is no pod " + pod_,
                 "see why: kubectl sts status " + set_.meta.name + " -n " + set_.meta.name_space);
    }
    identity(*pod, *service);
  }

 private:
  void say(DnsReason reason, std::string why, std::string way_out) {
    set(verdict_, reason, std::move(why), std::move(way_out));
  }

  std::string recreate() const {
    return "delete the pod, and the controller creates it again as the set says: kubectl delete "
           "pod " +
           pod_ + " -n " + set_.meta.name_space;
  }

  // ShouldSetHostname, k8s.io/endpointslice util/controller_utils.go (0.34)
  void identity(const kube::Pod& pod, const kube::Service& service) {
    if (pod.subdomain != set_.service_name) {
      return say(DnsReason::kOtherSubdomain,
                 pod.subdomain.empty()
                     ? pod_ + " was created without a subdomain, and the set's serviceName is " +
                           set_.service_name
                     : pod_ + " was created with subdomain " + pod.subdomain +
                           ", and the set's serviceName is " + set_.service_name,
                 recreate());
    }
    if (pod.hostname != pod_) {
      return say(
          DnsReason::kOtherHostname,
          pod_ + " has " + (pod.hostname.empty() ? "no hostname" : "hostname " + pod.hostname),
          recreate());
    }
    selected(pod, service);
  }

  void selected(const kube::Pod& pod, const kube::Service& service) {
    if (service.selector.empty()) {
      return say(DnsReason::kNoSelector,
                 "Service " + service.meta.name +
                     " has no selector, and no EndpointSlice of it names " + pod_,
                 "give the Service the selector " + labels_text(set_.template_labels));
    }
    const std::string_view key = kube::mismatching_key(service.selector, pod.meta.labels);
    if (!key.empty()) {
      return say(DnsReason::kSelectsOthers,
                 "Service " + service.meta.name + " selects " + label_text(service.selector, key) +
                     ", and " + pod_ + " has " + label_text(pod.meta.labels, key),
                 "make the Service select " + labels_text(set_.template_labels));
    }
    alive(pod, service);
  }

  // podToEndpoint and ShouldPodBeInEndpoints, k8s.io/endpointslice (0.34)
  void alive(const kube::Pod& pod, const kube::Service& service) {
    const std::string see =
        "see why: kubectl sts status " + set_.meta.name + " -n " + set_.meta.name_space;
    const std::string state = kube::pod_status(pod).text;
    if (pod.phase == "Failed" || pod.phase == "Succeeded") {
      return say(DnsReason::kEnded, pod_ + " has ended (" + state + ")", see);
    }
    if (pod.ips.empty()) {
      return say(DnsReason::kNoAddress, pod_ + " has no IP address yet (" + state + ")", see);
    }
    if (!has_family(service, pod)) {
      return say(DnsReason::kAddressFamily,
                 pod_ + " has no address of the families of Service " + service.meta.name + " (" +
                     service.ip_families.front() + ")",
                 "give the Service the families that pods of this cluster have");
    }
    if (!service.publish_not_ready_addresses && pod.terminating()) {
      return say(DnsReason::kTerminating, pod_ + " is terminating",
                 "wait until it is created again");
    }
    if (!service.publish_not_ready_addresses && !pod.ready()) {
      return say(DnsReason::kNotReady,
                 pod_ + " is not Ready (" + state + "), and Service " + service.meta.name +
                     " does not publish addresses that are not ready",
                 "get it Ready (" + see.substr(9) +
                     "); if pods look for each other before that, set "
                     "publishNotReadyAddresses: true on the Service");
    }
    say(DnsReason::kNoSlice,
        "no EndpointSlice of Service " + service.meta.name + " names " + pod_ +
            " as ready, though the Service selects it",
        "wait a moment; if it stays so, look at the endpointslice controller of "
        "kube-controller-manager");
  }

  const DnsSnapshot& snapshot_;
  const kube::StatefulSet& set_;
  std::string pod_;
  NameVerdict& verdict_;
};

std::string range_text(const kube::StatefulSet& set) {
  if (set.replicas <= 0) return "replicas is 0";
  if (set.replicas == 1) return "its only pod is " + set.pod_name(set.ordinals_start);
  return "its pods are " + set.pod_name(set.ordinals_start) + " to " +
         set.pod_name(set.end_ordinal() - 1);
}

}  // namespace

const kube::Service* find_service(const DnsSnapshot& snapshot, std::string_view name_space,
                                  std::string_view name) {
  const auto found = std::find_if(
      snapshot.services.begin(), snapshot.services.end(), [&](const kube::Service& service) {
        return service.meta.name == name && service.meta.name_space == name_space;
      });
  return found == snapshot.services.end() ? nullptr : &*found;
}

void explain_pod(const DnsSnapshot& snapshot, std::int64_t ordinal, NameVerdict& verdict) {
  PodName(snapshot, ordinal, verdict).explain();
}

void explain_name(const DnsSnapshot& snapshot, const kube::ServiceDnsName& name,
                  NameVerdict& verdict) {
  const kube::StatefulSet& owner = snapshot.set;
  const std::string service_name(name.service);
  const kube::Service* const service = find_service(snapshot, name.name_space, name.service);
  const auto ordinal = kube::pod_ordinal(owner.meta.name, name.hostname);
  if (ordinal && name.name_space == owner.meta.name_space && name.service == owner.service_name) {
    if (owner.in_range(*ordinal)) return explain_pod(snapshot, *ordinal, verdict);
    return set(verdict, DnsReason::kOrdinalOutOfRange,
               "StatefulSet " + owner.meta.name + " has no pod " + std::string(name.hostname) +
                   ": " + range_text(owner),
               "name a pod that there is, or raise replicas");
  }
  if (service == nullptr) {
    return set(
        verdict, DnsReason::kServiceMissing,
        "Service " + service_name + " does not exist in namespace " + std::string(name.name_space),
        "create the Service, or mend the name");
  }
  if (ordinal && name.name_space == owner.meta.name_space) {
    return set(
        verdict, DnsReason::kOtherService,
        "pods of StatefulSet " + owner.meta.name + " have names only under its serviceName, " +
            (owner.service_name.empty() ? "and it has none" : "which is " + owner.service_name) +
            ", not under " + service_name,
        owner.service_name.empty()
            ? "create the set again with a serviceName"
            : "write " + std::string(name.hostname) + "." + owner.service_name);
  }
  if (!name.hostname.empty() && service->external()) {
    return set(verdict, DnsReason::kExternalName,
               "Service " + service_name + " is an ExternalName for " + service->external_name +
                   ", and below an alias there are no names",
               "use the alias itself: " + service->external_name);
  }
  if (!name.hostname.empty() || !name.port.empty()) {
    const std::string what =
        name.hostname.empty() ? "port " + std::string(name.port) + "/" + std::string(name.protocol)
                              : "hostname " + std::string(name.hostname);
    return set(verdict, DnsReason::kNoSuchEndpoint,
               "no ready endpoint of Service " + service_name + " has " + what,
               "see what there is: kubectl get endpointslices -l kubernetes.io/service-name=" +
                   service_name + " -n " + std::string(name.name_space));
  }
  set(verdict, DnsReason::kNoEndpoints,
      "headless Service " + service_name + " has no ready endpoint",
      "get a pod that it selects Ready, or set publishNotReadyAddresses: true");
}

}  // namespace sts::rollout
