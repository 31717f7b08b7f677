#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kPublishNotReadyOnClientService{
    110, "publish-not-ready-on-client-service", Severity::kInfo,
    "publishNotReadyAddresses on a Service that clients use", check};

namespace {

// Peers find each other through these before any of them is ready; that is what the field is for.
bool is_for_peers(std::string_view name) {
  return has_word(name, {"seed", "seeds", "bootstrap", "peer", "peers", "discovery", "discover",
                         "gossip", "memberlist", "ring", "join", "cluster", "nodes", "headless",
                         "hs", "internal", "raft", "quorum"});
}

// One pod's own Service is an address that its peers are told (redis-ha announces itself by one).
bool is_of_one_pod(const Labels& selector) {
  return selector.known.count("statefulset.kubernetes.io/pod-name") > 0 ||
         selector.known.count("apps.kubernetes.io/pod-index") > 0;
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kService) return;
  const Index& index = context.index;
  const ServiceView view(object);
  if (view.publish_not_ready != true || !view.headless || view.external_name != false) return;
  const auto& governed = index.derived<Governed>().sets_of(object);
  if (*view.headless && !governed.empty()) return;
  if (is_for_peers(object.name) || is_of_one_pod(index.selector(object))) return;
  const auto selected = surely_selected(object, index);
  if (selected.empty()) return;
  // A set whose serviceName is not known may mean this one.
  if (std::any_of(selected.begin(), selected.end(), [](const Object* each) {
        return each->kind == Kind::kStatefulSet && StatefulSetView(*each).service_name_unknown;
      })) {
    return;
  }
  auto finding = findings.at(
      kPublishNotReadyOnClientService, Severity::kInfo, object,
      view.spec.get("publishNotReadyAddresses"),
      title(object) +
          (*view.headless ? " governs no StatefulSet" : " has a cluster IP for clients") +
          " and publishes pods that are not ready: its clients reach pods that cannot answer yet");
  finding.related(selected.front()->metadata.get("name"),
                  title(*selected.front()) + " runs these pods");
  finding.fix("publishNotReadyAddresses: false, and true on a headless Service for peers alone");
}

}  // namespace
}  // namespace sts::lint
