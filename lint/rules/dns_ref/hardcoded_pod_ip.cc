#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rules/dns_ref/common.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace sts::lint {
namespace {

using namespace dns_ref;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kHardcodedPodIp{137, "hardcoded-pod-ip", Severity::kWarning,
                                  "a list of peers by private IP address", check};

namespace {

// RFC 1918 and the shared range of RFC 6598: what pod networks are made of.
bool is_private(const HostText& host) {
  if (!host.address) return false;
  std::array<int, 2> first{};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string_view part = host.labels[i];
    std::from_chars(part.data(), part.data() + part.size(), first[i]);
  }
  return first[0] == 10 || (first[0] == 172 && first[1] >= 16 && first[1] <= 31) ||
         (first[0] == 192 && first[1] == 168) ||
         (first[0] == 100 && first[1] >= 64 && first[1] <= 127);
}

// Addresses that the project itself pins: a Service's, hand-made endpoints, a host alias.
class PinnedAddresses {
 public:
  explicit PinnedAddresses(const Index& index) {
    for (const Object* service : index.of_kind(Kind::kService)) {
      const kube::Value spec = service->root.get("spec");
      add(spec.get("clusterIP"));
      add(spec.get("loadBalancerIP"));
      for (const std::string_view list : {"clusterIPs", "externalIPs"}) {
        for (kube::Value address : spec.get(list).items()) add(address);
      }
    }
    for (const Object* endpoints : index.of_kind(Kind::kEndpoints)) {
      for (kube::Value subset : endpoints->root.get("subsets").items()) {
        for (kube::Value address : subset.get("addresses").items()) add(address.get("ip"));
      }
    }
    for (const Object* slice : index.of_kind(Kind::kEndpointSlice)) {
      for (kube::Value endpoint : slice->root.get("endpoints").items()) {
        for (kube::Value address : endpoint.get("addresses").items()) add(address);
      }
    }
  }

  bool contains(std::string_view address) const { return pinned_.contains(address); }

 private:
  void add(kube::Value value) {
    if (value.is_scalar()) pinned_.emplace(value.text());
  }

  std::set<std::string, std::less<>> pinned_;
};

bool mentions_config_map(const PodTemplate& pods, std::string_view name) {
  for (kube::Value volume : pods.spec.get("volumes").items()) {
    if (volume.get("configMap", "name").text() == name) return true;
    for (kube::Value source : volume.get("projected", "sources").items()) {
      if (source.get("configMap", "name").text() == name) return true;
    }
  }
  for (const Container& container : pods.containers()) {
    for (kube::Value source : container.value.get("envFrom").items()) {
      if (source.get("configMapRef", "name").text() == name) return true;
    }
  }
  return false;
}

bool on_pod_network(const PodTemplate& pods) {
  return pods && pods.spec.get("hostNetwork").boolean() != true;
}

// The StatefulSet that reads this configuration, its pods on the pod network.
const Object* reader_of(const Object& object, const Index& index) {
  if (object.kind == Kind::kStatefulSet) {
    return on_pod_network(pod_template(object)) ? &object : nullptr;
  }
  if (object.kind != Kind::kConfigMap || object.name.empty()) return nullptr;
  for (const Object* set : index.of_kind(Kind::kStatefulSet)) {
    const PodTemplate pods = pod_template(*set);
    if (on_pod_network(pods) && index.together(object, *set) &&
        mentions_config_map(pods, object.name)) {
      return set;
    }
  }
  return nullptr;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const Object* reader = nullptr;
  const kube::Value* reported = nullptr;
  kube::Value last;
  for (const HostSite& site : context.index.derived<HostSites>().of(object)) {
    // One address may be anything outside; a list of them is a list of peers.
    if (!site.host.listed || !is_private(site.host)) continue;
    if (reported != nullptr && last == site.scalar) continue;  // once a list
    if (context.index.derived<PinnedAddresses>().contains(site.host.name)) continue;
    if (reader == nullptr) reader = reader_of(object, context.index);
    if (reader == nullptr) return;
    report_host(findings, kHardcodedPodIp, Severity::kWarning, site,
                quoted(site.host.name) +
                    " and its neighbours in this list are addresses; pods of " + title(*reader) +
                    " get new ones whenever they are made anew")
        .fix("name the peers by DNS: " + std::string(reader->name) +
             "-0.SERVICE, with the set's "
             "serviceName for SERVICE");
    last = site.scalar;
    reported = &last;
  }
}

}  // namespace
}  // namespace sts::lint
