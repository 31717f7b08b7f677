#include "rollout/dns/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names_in(const std::string& text) {
  kube::ConfigMap map;
  map.meta.name = "settings";
  map.data = {{"peers", text}};
  std::vector<std::string> names;
  for (const NameReference& found : find_references(set_of(2), {map}, {governing_service()})) {
    names.push_back(found.name);
  }
  return names;
}

TEST(References, AreFoundWhereAContainerSaysThem) {
  kube::StatefulSet set = set_of(2);
  set.pod_template = R"({"spec": {
    "initContainers": [{"name": "wait", "command": ["sh", "-c", "until nslookup web-0.web; do sleep 1; done"]}],
    "containers": [{"name": "app", "args": ["--join=web-1.web:7000"],
      "env": [{"name": "DB", "value": "postgres://db.data.svc:5432/shop"}, {"name": "N", "value": "1"}]}]}})";
  EXPECT_THAT(find_references(set, {}, {}),
              ElementsAre(NameReference{"web-0.web", "container wait, command"},
                          NameReference{"db.data.svc", "container app, env DB"},
                          NameReference{"web-1.web", "container app, args"}));
}

TEST(References, AreFoundInConfigMaps) {
  EXPECT_THAT(names_in("servers: web-0.web, web-1.web.shop.svc.cluster.local."),
              ElementsAre("web-0.web", "web-1.web.shop.svc.cluster.local"));
  EXPECT_THAT(names_in("a: db.data.svc\nb: db.data.svc"), ElementsAre("db.data.svc"));
  EXPECT_THAT(names_in("srv: _client._tcp.web.shop.svc"), ElementsAre("_client._tcp.web.shop.svc"));
}

TEST(References, WhatMayMeanSomethingElseIsLeftOut) {
  for (const char* text : {"${POD}.web.shop.svc",
                           "$(POD_NAME).web.shop.svc",
                           "web-$i.web",
                           "web-0.conf",
                           "web-0.example.com",
                           "/etc/web-0.web",
                           "db.example.com",
                           "web",
                           "web.svc",
                           "WEB-0.web",
                           "*.web.shop.svc",
                           "x.web-0.web",
                           "# web-9.web",
                           "  ; web-9.web",
                           "// web-9.web",
                           "web-0..web",
                           "a.b.c.d.svc",
                           "web-0.web.other",
                           "-web-0.web.shop.svc-",
                           "{{.Pod}}.web.shop.svc",
                           "<web-0.web>"}) {
    EXPECT_THAT(names_in(text), IsEmpty()) << text;
  }
}

TEST(References, AUrlIsNoPath) {
  EXPECT_THAT(names_in("http://web-0.web:80/web-1.web"), ElementsAre("web-0.web"));
}

TEST(References, MountedConfigMaps) {
  kube::StatefulSet set = set_of(1);
  set.pod_template = R"({"spec": {
    "volumes": [{"configMap": {"name": "a"}}, {"emptyDir": {}}, {"secret": {"secretName": "s"}},
      {"projected": {"sources": [{"configMap": {"name": "b"}}, {"serviceAccountToken": {}}]}}],
    "containers": [{"envFrom": [{"configMapRef": {"name": "c"}}, {"secretRef": {"name": "s"}}],
      "env": [{"name": "X", "valueFrom": {"configMapKeyRef": {"name": "d", "key": "k"}}}]}]}})";
  EXPECT_THAT(mounted_config_maps(set), ElementsAre("a", "b", "c", "d"));
  set.pod_template = "";
  EXPECT_THAT(mounted_config_maps(set), IsEmpty());
}

TEST(References, ReferencedServices) {
  const std::vector<ServiceKey> keys =
      referenced_services(set_of(1), {{"db-0.db.data.svc", ""},
                                      {"db.data.svc.cluster.local", ""},
                                      {"web-0.web", ""},
                                      {"web.shop.svc", ""},
                                      {"a.other.svc", ""}});
  EXPECT_THAT(keys, ElementsAre(ServiceKey{"data", "db"}, ServiceKey{"other", "a"},
                                ServiceKey{"shop", "web"}));
}

}  // namespace
}  // namespace sts::rollout
