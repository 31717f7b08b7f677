#include "kube/semantics/dns_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Service service_of(const std::string& name, std::vector<std::string> cluster_ips) {
  Service service;
  service.meta.name = name;
  service.meta.name_space = "shop";
  service.cluster_ips = std::move(cluster_ips);
  service.ports = {{"web", "TCP", 80}};
  return service;
}

Endpoint endpoint_of(const std::string& address, const std::string& hostname,
                     std::optional<bool> ready = true) {
  Endpoint endpoint;
  endpoint.addresses = {address};
  endpoint.hostname = hostname;
  endpoint.ready = ready;
  return endpoint;
}

EndpointSlice slice_of(const std::string& service, std::vector<Endpoint> endpoints) {
  EndpointSlice slice;
  slice.meta.name_space = "shop";
  slice.service = service;
  slice.address_type = "IPv4";
  slice.endpoints = std::move(endpoints);
  slice.ports = {{"web", "TCP", 8080}};
  return slice;
}

class DnsRecordsTest : public ::testing::Test {
 protected:
  DnsRecords look(std::string_view name) const {
    return dns_lookup({services, slices, "cluster.local"}, name);
  }
  std::vector<SrvRecord> srv(std::string_view name) const {
    return srv_lookup({services, slices, "cluster.local"}, name);
  }

  std::vector<Service> services;
  std::vector<EndpointSlice> slices;
};

TEST_F(DnsRecordsTest, AHeadlessServiceHasItsReadyPods) {
  services = {service_of("nginx", {"None"})};
  slices = {slice_of("nginx", {endpoint_of("10.0.0.2", "web-1"), endpoint_of("10.0.0.1", "web-0"),
                               endpoint_of("10.0.0.3", "web-2", false)})};
  EXPECT_THAT(look("nginx.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_THAT(look("web-0.nginx.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(look("WEB-0.Nginx.shop.svc.Cluster.Local").addresses, ElementsAre("10.0.0.1"));
  EXPECT_EQ(look("web-2.nginx.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
  EXPECT_EQ(look("web-9.nginx.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
  EXPECT_EQ(look("nginx.other.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, WithoutReadyPodsAHeadlessServiceIsNoName) {
  services = {service_of("nginx", {"None"})};
  slices = {slice_of("nginx", {endpoint_of("10.0.0.1", "web-0", false)})};
  EXPECT_EQ(look("nginx.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, AnEndpointThatDoesNotSayIsReady) {
  services = {service_of("nginx", {"None"})};
  slices = {slice_of("nginx", {endpoint_of("10.0.0.1", "web-0", std::nullopt)})};
  EXPECT_THAT(look("web-0.nginx.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1"));
}

TEST_F(DnsRecordsTest, PodsHaveNamesUnderAClusterIpToo) {
  services = {service_of("vip", {"10.96.0.7", "fd00::7"})};
  slices = {slice_of("vip", {endpoint_of("10.0.0.1", "v-0")})};
  EXPECT_THAT(look("vip.shop.svc.cluster.local").addresses, ElementsAre("10.96.0.7", "fd00::7"));
  EXPECT_THAT(look("v-0.vip.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1"));
  slices.clear();
  EXPECT_EQ(look("vip.shop.svc.cluster.local").answer, DnsAnswer::kAddresses);
  EXPECT_EQ(look("v-0.vip.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, WithoutAHostnameTheAddressIsTheName) {
  services = {service_of("extra", {"None"})};
  slices = {slice_of("extra", {endpoint_of("10.0.0.1", ""), endpoint_of("fd00::1", "")})};
  EXPECT_THAT(look("10-0-0-1.extra.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(look("fd00--1.extra.shop.svc.cluster.local").addresses, ElementsAre("fd00::1"));
  EXPECT_EQ(look("web-0.extra.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, AnExternalNameIsAnAliasAndHasNothingBelow) {
  services = {service_of("db", {})};
  services[0].type = "ExternalName";
  services[0].external_name = "db.example.com";
  EXPECT_EQ(look("db.shop.svc.cluster.local").answer, DnsAnswer::kAlias);
  EXPECT_EQ(look("db.shop.svc.cluster.local").alias, "db.example.com");
  slices = {slice_of("db", {endpoint_of("10.0.0.1", "web-0")})};
  EXPECT_EQ(look("web-0.db.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, PortsHaveNames) {
  services = {service_of("nginx", {"None"}), service_of("vip", {"10.96.0.7"})};
  slices = {
      slice_of("nginx", {endpoint_of("10.0.0.1", "web-0"), endpoint_of("10.0.0.2", "web-1")})};
  EXPECT_THAT(srv("_web._tcp.nginx.shop.svc.cluster.local"),
              ElementsAre(SrvRecord{"web-0.nginx.shop.svc.cluster.local", 8080},
                          SrvRecord{"web-1.nginx.shop.svc.cluster.local", 8080}));
  EXPECT_THAT(srv("_web._tcp.vip.shop.svc.cluster.local"),
              ElementsAre(SrvRecord{"vip.shop.svc.cluster.local", 80}));
  EXPECT_THAT(srv("_web._udp.nginx.shop.svc.cluster.local"), IsEmpty());
  EXPECT_THAT(look("_web._tcp.nginx.shop.svc.cluster.local").addresses,
              ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_EQ(look("_api._tcp.nginx.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

TEST_F(DnsRecordsTest, AHeadlessServiceNeedsNoPorts) {
  services = {service_of("nginx", {"None"})};
  services[0].ports.clear();
  slices = {slice_of("nginx", {endpoint_of("10.0.0.1", "web-0")})};
  slices[0].ports.clear();
  EXPECT_THAT(look("web-0.nginx.shop.svc.cluster.local").addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(srv("nginx.shop.svc.cluster.local"), IsEmpty());
}

TEST_F(DnsRecordsTest, WhatIsNoServicesNameIsNotKnownHere) {
  for (const char* name :
       {"example.com", "cluster.local", "svc.cluster.local", "shop.svc.cluster.local",
        "10-0-0-1.shop.pod.cluster.local", "nginx.shop.svc.other.local", "notcluster.local",
        "a.b.c.nginx.shop.svc.cluster.local", ""}) {
    EXPECT_EQ(look(name).answer, DnsAnswer::kOutside) << name;
  }
}

TEST_F(DnsRecordsTest, SlicesOfOthersDoNotCount) {
  services = {service_of("nginx", {"None"})};
  slices = {slice_of("other", {endpoint_of("10.0.0.1", "web-0")}),
            slice_of("nginx", {endpoint_of("10.0.0.2", "web-0")})};
  slices[1].meta.name_space = "elsewhere";
  EXPECT_EQ(look("web-0.nginx.shop.svc.cluster.local").answer, DnsAnswer::kNxDomain);
}

}  // namespace
}  // namespace sts::kube
