#include "lint/model/pod_name_uses.h"

#include "lint/index/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "set/service" of each name found; a name of the Service itself as "=service".
std::vector<std::string> names(std::string_view text) {
  std::vector<std::string> result;
  for (const FoundUse& found : find_pod_names(text)) {
    result.push_back((found.use.service_itself ? "=" : std::string(found.use.set) + "/") +
                     std::string(found.use.service));
  }
  return result;
}

TEST(PodNames, UnderAService) {
  EXPECT_THAT(names("db-0.db-headless"), ElementsAre("db/db-headless"));
  EXPECT_THAT(names("http://db-0.db:8080/x,db-1.db"), ElementsAre("db/db", "db/db"));
  EXPECT_THAT(names("rabbit@mq-0.nodes.prod.svc.cluster.local"), ElementsAre("mq/nodes"));
  EXPECT_THAT(names("db-0.db."), ElementsAre("db/db"));
}

TEST(PodNames, OfVariables) {
  EXPECT_THAT(names("$(POD_NAME).db"), ElementsAre("/db"));
  EXPECT_THAT(names("${HOSTNAME}.db:2380"), ElementsAre("/db"));
  EXPECT_THAT(names("$HOSTNAME.db"), ElementsAre("/db"));
  EXPECT_THAT(names("host=$(hostname).db"), ElementsAre("/db"));
  EXPECT_THAT(names("`hostname`.db"), ElementsAre("/db"));
}

TEST(PodNames, TheServiceItselfByItsFullName) {
  EXPECT_THAT(names("db-headless.prod.svc"), ElementsAre("=db-headless"));
  EXPECT_THAT(names("db.$(NAMESPACE).svc.cluster.local"), ElementsAre("=db"));
}

TEST(PodNames, WhatIsNone) {
  for (const char* text :
       {"", ".", "db-0", "db.prod", "vault-0.19.0", "web-0.log", "a-1.2",
        "kafka-0.kafka.example.com", "kafka-0.example.com", "# db-0.db", "_sql._tcp.db.prod.svc",
        "${VERSION}.tar", "x.svc", ".svc", "file-0.yaml", "db-01.db", "$1.$2"}) {
    EXPECT_THAT(names(text), IsEmpty()) << text;
  }
}

TEST(PodNames, ADomainOrANamespaceMayFollow) {
  const auto found = find_pod_names("kafka-0.example.prod.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].use.one_label_after);
  EXPECT_FALSE(found[0].use.svc);
  EXPECT_EQ(found[0].end, std::string_view("kafka-0.example.prod").size());
  EXPECT_TRUE(find_pod_names("kafka-0.kafka.prod.svc")[0].use.svc);
}

TEST(PodNames, UsesAreFoundInTemplatesAndConfigMaps) {
  const Index index = testing::project({{"db/sts.yaml", R"(
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, annotations: {note: db-0.annotated}}
spec: {serviceName: db}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: seeds}
data:
  seeds: |
    # db-0.commented
    db-0.db-hs
)"},
                                        {"other/cm.yaml", R"(
apiVersion: v1
kind: ConfigMap
metadata: {name: seeds, namespace: elsewhere}
data: {seed: db-0.far}
)"}});
  const Object& set = testing::object(index, Kind::kStatefulSet, "db");
  const PodNameUses uses(index);
  const PodNameSite* site = uses.under_service(set, "db-hs", index);
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->text(), "db-0.db-hs");
  EXPECT_EQ(site->place().span().begin, (kube::Position{13, 5}));
  EXPECT_EQ(uses.under_service(set, "annotated", index), nullptr);
  EXPECT_EQ(uses.under_service(set, "commented", index), nullptr);
  EXPECT_NE(uses.under_service(set, "far", index), nullptr) << "the set's namespace is not known";
  EXPECT_EQ(uses.of_set(set, index)->use.service, "db-hs") << "only what lies beside it";
}

}  // namespace
}  // namespace sts::lint
