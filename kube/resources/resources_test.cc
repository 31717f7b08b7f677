#include "kube/resources/claim.h"
#include "kube/resources/config_map.h"
#include "kube/resources/controller_revision.h"
#include "kube/resources/endpoint_slice.h"
#include "kube/resources/event.h"
#include "kube/resources/node.h"
#include "kube/resources/pod.h"
#include "kube/resources/service.h"
#include "kube/resources/stateful_set.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sts::kube {
namespace {

using nlohmann::json;

Time at(const char* text) { return parse_time(text).value(); }

TEST(StatefulSetResource, ReadsWhatTheServerSends) {
  const json text = json::parse(R"({
    "apiVersion": "apps/v1", "kind": "StatefulSet",
    "metadata": {"name": "web", "namespace": "shop", "uid": "u1", "resourceVersion": "77",
      "generation": 5, "creationTimestamp": "2026-03-01T12:00:00Z",
      "labels": {"app": "web"}, "annotations": {"note": "x"}, "managedFields": [{"manager": "m"}]},
    "spec": {"replicas": 4, "serviceName": "web", "podManagementPolicy": "Parallel",
      "selector": {"matchLabels": {"app": "web"},
        "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}]},
      "updateStrategy": {"type": "RollingUpdate",
        "rollingUpdate": {"partition": 2, "maxUnavailable": "50%"}},
      "minReadySeconds": 10, "ordinals": {"start": 3}, "revisionHistoryLimit": 0,
      "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"storageClassName": ""}}],
      "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"b": 1, "a": 2}}},
    "status": {"observedGeneration": 4, "replicas": 4, "readyReplicas": 3, "availableReplicas": 2,
      "currentReplicas": 2, "updatedReplicas": 1, "currentRevision": "web-old",
      "updateRevision": "web-new",
      "conditions": [{"type": "Progressing", "status": "True", "reason": "R", "message": "m",
        "lastTransitionTime": "2026-03-01T12:00:01Z"}]}})");
  const auto set = StatefulSet::from_json(text);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->meta.name, "web");
  EXPECT_EQ(set->meta.name_space, "shop");
  EXPECT_EQ(set->meta.uid, "u1");
  EXPECT_EQ(set->meta.resource_version, "77");
  EXPECT_EQ(set->meta.generation, 5);
  EXPECT_EQ(set->meta.created, at("2026-03-01T12:00:00Z"));
  EXPECT_EQ(set->meta.label("app"), "web");
  EXPECT_EQ(set->meta.annotations.at("note"), "x");
  EXPECT_EQ(set->replicas, 4);
  EXPECT_EQ(set->service_name, "web");
  EXPECT_EQ(to_query(set->selector), "app=web,tier in (a,b)");
  EXPECT_EQ(set->pod_management, PodManagement::kParallel);
  EXPECT_EQ(set->strategy, UpdateStrategy::kRollingUpdate);
  EXPECT_EQ(set->partition, 2);
  EXPECT_EQ(set->max_unavailable, (IntOrPercent{50, true}));
  EXPECT_EQ(set->min_ready_seconds, 10);
  EXPECT_EQ(set->revision_history_limit, 0);
  EXPECT_EQ(set->pod_template, R"({"metadata":{"labels":{"app":"web"}},"spec":{"a":2,"b":1}})");
  EXPECT_EQ(set->template_labels.at("app"), "web");
  EXPECT_EQ(set->observed_generation, 4);
  EXPECT_EQ(set->ready_replicas, 3);
  EXPECT_EQ(set->available_replicas, 2);
  EXPECT_EQ(set->current_replicas, 2);
  EXPECT_EQ(set->updated_replicas, 1);
  EXPECT_EQ(set->current_revision, "web-old");
  EXPECT_EQ(set->update_revision, "web-new");
  ASSERT_NE(find_condition(set->conditions, "Progressing"), nullptr);
  EXPECT_EQ(find_condition(set->conditions, "Other"), nullptr);

  EXPECT_EQ(set->ordinals_start, 3);
  EXPECT_EQ(set->end_ordinal(), 7);
  EXPECT_FALSE(set->in_range(2));
  EXPECT_TRUE(set->in_range(6));
  EXPECT_FALSE(set->in_range(7));
  // The partition is an index: ordinals 3 and 4 stay, 5 and 6 are updated.
  EXPECT_FALSE(set->updates(4));
  EXPECT_TRUE(set->updates(5));
  ASSERT_EQ(set->claim_templates.size(), 1U);
  EXPECT_EQ(set->claim_templates[0].storage_class, "");
  EXPECT_EQ(set->claim_name(set->claim_templates[0], 3), "data-web-3");
}

TEST(StatefulSetResource, MissingFieldsAreTheApisDefaults) {
  const auto set = StatefulSet::from_json(json::parse(R"({"metadata": {"name": "web"},
      "spec": {"replicas": null}, "status": null})"));
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->replicas, 1);
  EXPECT_EQ(set->pod_management, PodManagement::kOrderedReady);
  EXPECT_EQ(set->strategy, UpdateStrategy::kRollingUpdate);
  EXPECT_EQ(set->partition, 0);
  EXPECT_EQ(set->ordinals_start, 0);
  EXPECT_EQ(set->min_ready_seconds, 0);
  EXPECT_EQ(set->revision_history_limit, 10);
  EXPECT_FALSE(set->max_unavailable);
  EXPECT_FALSE(set->meta.created);
  EXPECT_TRUE(set->update_revision.empty());
}

TEST(StatefulSetResource, AFieldOfAnotherTypeIsAnError) {
  const auto message = [](const char* text) {
    const auto set = StatefulSet::from_json(json::parse(text));
    return set ? "" : set.error().message;
  };
  EXPECT_EQ(message(R"({"spec": {"replicas": "4"}})"),
            "StatefulSet: .spec.replicas is string, expected a whole number");
  EXPECT_EQ(message(R"({"spec": []})"), "StatefulSet: .spec is array, expected an object");
  EXPECT_EQ(message(R"({"metadata": {"creationTimestamp": "yesterday"}})"),
            "StatefulSet: .metadata.creationTimestamp is string, expected a time");
  EXPECT_EQ(message(R"({"metadata": {"labels": {"a": 1}}})"),
            "StatefulSet: .metadata.labels.a is number, expected a string");
  EXPECT_EQ(message(R"({"status": {"conditions": [{"type": 1}]}})"),
            "StatefulSet: .status.conditions[0].type is number, expected a string");
  EXPECT_EQ(message(R"({"status": {"conditions": [7]}})"),
            "StatefulSet: .status.conditions[0] is number, expected an object");
  EXPECT_EQ(message(R"({"spec": {"updateStrategy": {"rollingUpdate": {"maxUnavailable": "x"}}}})"),
            "StatefulSet: .spec.updateStrategy.rollingUpdate.maxUnavailable is string, expected a "
            "number or a percentage");
  EXPECT_EQ(message("[]"), "StatefulSet: is array, expected an object");
  EXPECT_EQ(message(R"({"spec": {"replicas": 1.5}})"),
            "StatefulSet: .spec.replicas is number, expected a whole number");
}

constexpr const char* kPod = R"({
    "metadata": {"name": "web-3", "namespace": "shop", "uid": "p3",
      "labels": {"controller-revision-hash": "web-new"}, "annotations": {"big": "…"},
      "deletionTimestamp": "2026-03-01T12:00:30Z", "deletionGracePeriodSeconds": 30,
      "finalizers": ["example.com/hold"],
      "ownerReferences": [{"apiVersion": "v1", "kind": "Other", "name": "o", "uid": "u0"},
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": "u1",
         "controller": true}]},
    "spec": {"nodeName": "node-a", "hostname": "web-3", "subdomain": "web",
      "terminationGracePeriodSeconds": 30, "schedulingGates": [{"name": "quota"}],
      "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data-web-3"}},
        {"name": "tmp", "emptyDir": {}}],
      "initContainers": [{"name": "init", "image": "i:1"},
        {"name": "proxy", "image": "p:1", "restartPolicy": "Always"}],
      "containers": [{"name": "app", "image": "a:1",
        "resources": {"limits": {"memory": "128Mi"}}}]},
    "status": {"phase": "Running", "podIP": "10.0.0.1",
      "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}],
      "conditions": [
        {"type": "Initialized", "status": "True"},
        {"type": "Ready", "status": "False", "reason": "ContainersNotReady",
         "lastTransitionTime": "2026-03-01T12:00:00Z"}],
      "initContainerStatuses": [{"name": "init", "restartCount": 5},
        {"name": "proxy", "restartCount": 1, "ready": true, "state": {"running": {}}}],
      "containerStatuses": [{"name": "app", "ready": false, "started": false, "restartCount": 3,
        "imageID": "sha256:1",
        "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s"}},
        "lastState": {"terminated": {"reason": "OOMKilled", "exitCode": 137, "signal": 9,
          "finishedAt": "2026-03-01T11:59:00Z"}}}]}})";

TEST(PodResource, ReadsWhatTheServerSends) {
  const auto pod = Pod::from_json(json::parse(kPod));
  ASSERT_TRUE(pod) << pod.error().message;
  EXPECT_EQ(pod->revision(), "web-new");
  EXPECT_TRUE(pod->meta.annotations.empty());
  EXPECT_TRUE(pod->terminating());
  EXPECT_EQ(pod->meta.deletion_grace_seconds, 30);
  EXPECT_EQ(pod->meta.finalizers, (std::vector<std::string>{"example.com/hold"}));
  ASSERT_NE(pod->meta.controller(), nullptr);
  EXPECT_EQ(pod->meta.controller()->uid, "u1");
  EXPECT_EQ(pod->node, "node-a");
  EXPECT_EQ(pod->hostname, "web-3");
  EXPECT_EQ(pod->subdomain, "web");
  EXPECT_EQ(pod->claims, (std::vector<std::string>{"data-web-3"}));
  EXPECT_EQ(pod->scheduling_gates, (std::vector<std::string>{"quota"}));
  EXPECT_EQ(pod->ips, (std::vector<std::string>{"10.0.0.1", "fd00::1"}));
  ASSERT_EQ(pod->containers.size(), 1U);
  const Container& app = pod->containers.front();
  EXPECT_EQ(app.image, "a:1");
  EXPECT_EQ(app.memory_limit, "128Mi");
  EXPECT_EQ(app.waiting_reason, "CrashLoopBackOff");
  EXPECT_EQ(app.waiting_message, "back-off 40s");
  EXPECT_FALSE(app.running);
  EXPECT_FALSE(app.terminated);
  ASSERT_TRUE(app.last_terminated);
  EXPECT_EQ(app.last_terminated->reason, "OOMKilled");
  EXPECT_EQ(app.last_terminated->exit_code, 137);
  EXPECT_EQ(app.last_terminated->finished, at("2026-03-01T11:59:00Z"));
  EXPECT_TRUE(pod->init_containers[1].sidecar);
  EXPECT_TRUE(pod->init_containers[1].running);
  // The init container has done its work; the sidecar's restart counts.
  EXPECT_EQ(pod->restarts(), 4);
}

TEST(PodResource, ReadyAvailableHealthy) {
  json text = json::parse(kPod);
  EXPECT_FALSE(Pod::from_json(text)->ready());
  text["status"]["conditions"][1]["status"] = "True";
  EXPECT_TRUE(Pod::from_json(text)->ready());
  EXPECT_FALSE(Pod::from_json(text)->healthy());  // terminating
  text["metadata"].erase("deletionTimestamp");
  const auto pod = Pod::from_json(text);
  EXPECT_TRUE(pod->healthy());
  EXPECT_TRUE(pod->available(0, at("2026-03-01T12:00:00Z")));
  EXPECT_FALSE(pod->available(10, at("2026-03-01T12:00:09Z")));
  EXPECT_TRUE(pod->available(10, at("2026-03-01T12:00:10Z")));
  text["status"]["phase"] = "Pending";
  EXPECT_FALSE(Pod::from_json(text)->healthy());
}

TEST(PodResource, AnAddressAloneIsOne) {
  const auto pod = Pod::from_json(json::parse(R"({"status": {"podIP": "10.0.0.9"}})"));
  EXPECT_EQ(pod->ips, (std::vector<std::string>{"10.0.0.9"}));
}

TEST(ServiceResource, ReadsWhatTheServerSends) {
  const auto service = Service::from_json(json::parse(R"({
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {"clusterIP": "None", "clusterIPs": ["None"], "ipFamilies": ["IPv4"],
      "ports": [{"name": "http", "port": 80, "targetPort": "web"}, {"port": 53, "protocol": "UDP"}],
      "selector": {"app": "web"}, "publishNotReadyAddresses": true}})"));
  ASSERT_TRUE(service) << service.error().message;
  EXPECT_TRUE(service->headless());
  EXPECT_FALSE(service->external());
  EXPECT_EQ(service->ports[0].name, "http");
  EXPECT_EQ(service->ports[0].protocol, "TCP");
  EXPECT_EQ(service->ports[1].protocol, "UDP");
  EXPECT_EQ(service->ports[1].port, 53);
  EXPECT_EQ(service->selector.at("app"), "web");
  EXPECT_TRUE(service->publish_not_ready_addresses);

  const auto external = Service::from_json(
      json::parse(R"({"spec": {"type": "ExternalName", "externalName": "db.example.com"}})"));
  EXPECT_TRUE(external->external());
  EXPECT_FALSE(external->headless());
  EXPECT_EQ(external->external_name, "db.example.com");
  EXPECT_TRUE(Service::from_json(json::parse(R"({"spec": {"clusterIP": "None"}})"))->headless());
}

TEST(EndpointSliceResource, ReadsWhatTheServerSends) {
  const auto slice = EndpointSlice::from_json(json::parse(R"({
    "metadata": {"name": "web-x7", "namespace": "shop",
      "labels": {"kubernetes.io/service-name": "web"}},
    "addressType": "IPv4",
    "endpoints": [
      {"addresses": ["10.0.0.1"], "hostname": "web-0", "conditions": {"ready": false},
       "targetRef": {"kind": "Pod", "name": "web-0"}},
      {"addresses": ["10.0.0.2"], "hostname": null, "conditions": {}}],
    "ports": [{"name": "", "port": 80, "protocol": "TCP"}]})"));
  ASSERT_TRUE(slice) << slice.error().message;
  EXPECT_EQ(slice->service, "web");
  EXPECT_EQ(slice->address_type, "IPv4");
  EXPECT_FALSE(slice->endpoints[0].serves());
  EXPECT_EQ(slice->endpoints[0].hostname, "web-0");
  EXPECT_EQ(slice->endpoints[0].target_name, "web-0");
  EXPECT_TRUE(slice->endpoints[1].serves());
  EXPECT_EQ(slice->ports[0].port, 80);
  EXPECT_TRUE(EndpointSlice::from_json(json::parse(R"({"endpoints": null, "ports": null})")));
}

TEST(ClaimResource, ReadsWhatTheServerSends) {
  const auto claim = Claim::from_json(json::parse(R"({
    "metadata": {"name": "data-web-0"},
    "spec": {"storageClassName": "fast", "volumeName": "pv-1",
      "resources": {"requests": {"storage": "2Gi"}}},
    "status": {"phase": "Bound", "capacity": {"storage": "1Gi"}}})"));
  ASSERT_TRUE(claim) << claim.error().message;
  EXPECT_TRUE(claim->bound());
  EXPECT_EQ(claim->storage_class, "fast");
  EXPECT_EQ(claim->volume, "pv-1");
  EXPECT_EQ(claim->requested, "2Gi");
  EXPECT_EQ(claim->capacity, "1Gi");
}

TEST(ControllerRevisionResource, KeepsItsDataWhenAsked) {
  const json text = json::parse(R"({"metadata": {"name": "web-new"}, "revision": 3,
    "data": {"spec": {"template": {"$patch": "replace"}}}})");
  EXPECT_EQ(ControllerRevision::from_json(text)->revision, 3);
  EXPECT_EQ(ControllerRevision::from_json(text)->data, "");
  EXPECT_EQ(ControllerRevision::from_json(text, ControllerRevision::KeepData::kYes)->data,
            R"({"spec":{"template":{"$patch":"replace"}}})");
}

TEST(EventResource, BothApisEventsHaveATimeAndACount) {
  const auto old_api = Event::from_json(json::parse(R"({
    "metadata": {"creationTimestamp": "2026-03-01T12:00:00Z"},
    "involvedObject": {"kind": "StatefulSet", "name": "web", "uid": "u1"},
    "type": "Warning", "reason": "FailedCreate", "message": "m", "count": 7,
    "firstTimestamp": "2026-03-01T12:00:00Z", "lastTimestamp": "2026-03-01T12:09:00Z",
    "eventTime": null})"));
  ASSERT_TRUE(old_api) << old_api.error().message;
  EXPECT_EQ(old_api->kind, "StatefulSet");
  EXPECT_EQ(old_api->name, "web");
  EXPECT_EQ(old_api->reason, "FailedCreate");
  EXPECT_EQ(old_api->count, 7);
  EXPECT_EQ(old_api->last_seen, at("2026-03-01T12:09:00Z"));

  const auto new_api = Event::from_json(json::parse(R"({
    "metadata": {"creationTimestamp": "2026-03-01T12:00:00Z"},
    "involvedObject": {"kind": "Pod", "name": "web-0"}, "type": "Warning",
    "reason": "FailedScheduling", "message": "m", "lastTimestamp": null,
    "eventTime": "2026-03-01T12:00:00.123456Z",
    "series": {"count": 4, "lastObservedTime": "2026-03-01T12:04:00.000001Z"}})"));
  EXPECT_EQ(new_api->count, 4);
  EXPECT_EQ(new_api->last_seen, at("2026-03-01T12:04:00Z"));
}

TEST(NodeResource, SaysWhetherItLives) {
  const auto node = ClusterNode::from_json(json::parse(R"({"metadata": {"name": "node-a"},
    "spec": {"unschedulable": true},
    "status": {"conditions": [{"type": "Ready", "status": "Unknown",
      "reason": "NodeStatusUnknown", "message": "Kubelet stopped posting node status."}]}})"));
  ASSERT_TRUE(node) << node.error().message;
  EXPECT_TRUE(node->unschedulable);
  ASSERT_NE(node->ready(), nullptr);
  EXPECT_EQ(node->ready()->status, "Unknown");
}

TEST(ConfigMapResource, HasItsData) {
  const auto map =
      ConfigMap::from_json(json::parse(R"({"metadata": {"name": "c"}, "data": {"k": "v"}})"));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->data.at("k"), "v");
}

}  // namespace
}  // namespace sts::kube
