#include "lint/hosts/host_meaning.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sts::lint {
namespace {

class Known : public KnownLabels {
 public:
  bool service(std::string_view label) const override { return services.contains(label); }
  bool pod(std::string_view label) const override { return pods.contains(label); }
  bool name_space(std::string_view label) const override { return namespaces.contains(label); }

  using Set = std::set<std::string, std::less<>>;
  Set services = {"db", "web", "db-1"};
  Set pods = {"db-0", "db-1"};
  Set namespaces = {"prod", "db-team"};
};

std::string meaning(std::string_view name, bool final_dot = false) {
  const auto labels = kube::dns_labels(name);
  const HostMeaning meaning = meaning_of(labels, final_dot, Known());
  static constexpr const char* kKinds[] = {"service", "pod", "outside", "unknown"};
  std::string text = kKinds[static_cast<int>(meaning.kind)];
  for (const std::string_view part :
       {meaning.name.hostname, meaning.name.service, meaning.name.name_space}) {
    if (!part.empty()) text += " " + std::string(part);
  }
  if (!meaning.name.port.empty()) text += " port " + std::string(meaning.name.port);
  if (meaning.svc) text += meaning.full ? " in full" : " up to svc";
  return text;
}

TEST(HostMeaning, OneLabelIsAService) {
  EXPECT_EQ(meaning("db"), "service db");
  EXPECT_EQ(meaning("nobody"), "service nobody");
  EXPECT_EQ(meaning("db", true), "outside");
}

TEST(HostMeaning, TwoLabelsAreWhatIsKnownOfThem) {
  EXPECT_EQ(meaning("db-0.db"), "pod db-0 db");
  EXPECT_EQ(meaning("db-0.nobody"), "pod db-0 nobody");
  EXPECT_EQ(meaning("db-0.prod"), "pod db-0 prod");
  EXPECT_EQ(meaning("db.prod"), "service db prod");
  EXPECT_EQ(meaning("db.nobody"), "service db nobody");
  EXPECT_EQ(meaning("nobody.prod"), "service nobody prod");
  EXPECT_EQ(meaning("nobody.db"), "pod nobody db");
  EXPECT_EQ(meaning("kubernetes.default"), "service kubernetes default");
  EXPECT_EQ(meaning("other.place"), "outside");
}

TEST(HostMeaning, AServiceMayHaveAPodsName) {
  EXPECT_EQ(meaning("db-1.db"), "pod db-1 db");
  EXPECT_EQ(meaning("db-1.prod"), "service db-1 prod");
}

TEST(HostMeaning, ThreeLabelsAreAPodElsewhere) {
  EXPECT_EQ(meaning("db-0.db.prod"), "pod db-0 db prod");
  EXPECT_EQ(meaning("any.db.prod"), "pod any db prod");
  EXPECT_EQ(meaning("any.nobody.prod"), "outside");
  EXPECT_EQ(meaning("a.b.c.d"), "outside");
}

TEST(HostMeaning, SvcSettlesIt) {
  EXPECT_EQ(meaning("x.y.svc"), "service x y up to svc");
  EXPECT_EQ(meaning("x.y.z.svc"), "pod x y z up to svc");
  EXPECT_EQ(meaning("x.y.svc.cluster.local"), "service x y in full");
  EXPECT_EQ(meaning("x.y.z.svc.k8s.example.com", true), "pod x y z in full");
  EXPECT_EQ(meaning("db-0.prod.svc.cluster.local"), "service db-0 prod in full");
}

TEST(HostMeaning, NoRecordHasSuchAName) {
  EXPECT_EQ(meaning("db.svc"), "unknown up to svc");
  EXPECT_EQ(meaning("db.svc.cluster.local"), "unknown in full");
  EXPECT_EQ(meaning("a.b.c.d.svc.cluster.local"), "unknown in full");
}

TEST(HostMeaning, OtherZones) {
  EXPECT_EQ(meaning("db-0.internal"), "outside");
  EXPECT_EQ(meaning("<POD>.com"), "outside");
  EXPECT_EQ(meaning("db-0.db.com"), "outside");
  EXPECT_EQ(meaning("web.shop", true), "outside");
}

TEST(HostMeaning, WhatOnlyThePodKnows) {
  EXPECT_EQ(meaning("<POD>.nobody"), "pod <POD> nobody");
  EXPECT_EQ(meaning("nobody.<NS>"), "service nobody <NS>");
  EXPECT_EQ(meaning("db-0.db.<?>"), "unknown");
  EXPECT_EQ(meaning("db-0.db.<?>.svc.cluster.local"), "pod db-0 db <?> in full");
  EXPECT_EQ(meaning("db.<?>", true), "unknown");
}

TEST(HostMeaning, PortsAreOfTheService) {
  EXPECT_EQ(meaning("_sql._tcp.db"), "service db port sql");
  EXPECT_EQ(meaning("_sql._tcp.db.prod"), "service db prod port sql");
  EXPECT_EQ(meaning("_sql._tcp.db.prod.svc.cluster.local"), "service db prod port sql in full");
}

}  // namespace
}  // namespace sts::lint
