#include "kube/semantics/dns_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "port/protocol hostname service namespace +domain labels" of each reading, - for what is left
// out.
std::vector<std::string> readings(std::string_view name, bool final_dot = false) {
  std::vector<std::string> result;
  const auto labels = dns_labels(name);
  const auto shown = [](std::string_view part) {
    return part.empty() ? std::string("-") : std::string(part);
  };
  for (const ServiceDnsName& each : service_dns_readings(labels, final_dot)) {
    std::string text =
        each.port.empty() ? "" : std::string(each.port) + "/" + std::string(each.protocol) + " ";
    text += shown(each.hostname) + " " + shown(each.service) + " " + shown(each.name_space) + " +" +
            std::to_string(each.domain_labels);
    result.push_back(text);
  }
  return result;
}

TEST(DnsName, ALabelIsAServiceOfTheOwnNamespace) {
  EXPECT_THAT(readings("db"), ElementsAre("- db - +0"));
}

TEST(DnsName, TwoLabelsAreAPodOrAServiceElsewhere) {
  EXPECT_THAT(readings("db-0.db"), ElementsAre("db-0 db - +0", "- db-0 db +0"));
}

TEST(DnsName, ThreeLabelsAreAPodElsewhere) {
  EXPECT_THAT(readings("db-0.db.prod"), ElementsAre("db-0 db prod +0"));
  EXPECT_THAT(readings("db.prod.svc"), ElementsAre("db prod svc +0", "- db prod +0"));
}

TEST(DnsName, NamesInFull) {
  EXPECT_THAT(readings("db-0.db.prod.svc"), ElementsAre("db-0 db prod +0"));
  EXPECT_THAT(readings("db-0.db.prod.svc.cluster.local"), ElementsAre("db-0 db prod +2"));
  EXPECT_THAT(readings("db.prod.svc.cluster.local", true), ElementsAre("- db prod +2"));
}

TEST(DnsName, PortsAndProtocols) {
  EXPECT_THAT(readings("_client._tcp.db"),
              ElementsAre("client/tcp - db - +0", "_client _tcp db +0"));
  EXPECT_THAT(readings("_client._tcp.db.prod.svc.cluster.local"),
              ElementsAre("client/tcp - db prod +2"));
  EXPECT_THAT(readings("_client._tcp.db-0.db.prod.svc.cluster.local"), IsEmpty());
}

TEST(DnsName, WhatNoSearchListMakesAServicesName) {
  EXPECT_THAT(readings("db.prod", true), IsEmpty());
  EXPECT_THAT(readings("www.db.example.com"), IsEmpty());
  EXPECT_THAT(readings("db.svc.cluster.local"), IsEmpty());
}

TEST(DnsName, OfAPod) {
  EXPECT_EQ(pod_dns_name("db-0", "db", "prod", "cluster.local"), "db-0.db.prod.svc.cluster.local");
}

TEST(DnsName, TheSearchListComesFirstBelowNdots) {
  const auto search = cluster_search_list("prod", "cluster.local");
  EXPECT_THAT(search, ElementsAre("prod.svc.cluster.local", "svc.cluster.local", "cluster.local"));
  EXPECT_THAT(names_asked("db-0.db", search),
              ElementsAre("db-0.db.prod.svc.cluster.local", "db-0.db.svc.cluster.local",
                          "db-0.db.cluster.local", "db-0.db"));
  EXPECT_THAT(names_asked("db-0.db", search, 1),
              ElementsAre("db-0.db", "db-0.db.prod.svc.cluster.local", "db-0.db.svc.cluster.local",
                          "db-0.db.cluster.local"));
  EXPECT_THAT(names_asked("db.prod.svc.cluster.local.", search),
              ElementsAre("db.prod.svc.cluster.local"));
  EXPECT_THAT(names_asked("db-0.db.prod.svc.cluster.local", search).front(),
              "db-0.db.prod.svc.cluster.local");
}

}  // namespace
}  // namespace sts::kube
