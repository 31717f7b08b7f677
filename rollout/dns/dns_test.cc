#include "rollout/dns/dns.h"

#include "rollout/dns/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What is said of ordinal 0 of a set of one, after a change.
template <typename Change>
std::string after(const Change& change) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  change(snapshot);
  update_slices(snapshot);
  return shown(dns_report(snapshot).names.at(0).verdict);
}

TEST(DnsReport, EveryReadyPodHasItsName) {
  const DnsReport report = dns_report(dns_snapshot_of(2));
  EXPECT_TRUE(report.all_resolve());
  ASSERT_EQ(report.names.size(), 2U);
  EXPECT_EQ(report.names[1].ordinal, 1);
  EXPECT_EQ(report.names[1].pod, "web-1");
  EXPECT_EQ(report.names[1].verdict.name, "web-1.web.shop.svc.cluster.local");
  EXPECT_THAT(report.names[1].verdict.addresses, ElementsAre("10.0.0.2"));
  EXPECT_EQ(report.service, "web");
}

TEST(DnsReport, UsesTheClusterDomainAndTheFirstOrdinal) {
  DnsSnapshot snapshot = dns_snapshot_of(2);
  snapshot.set.ordinals_start = 1;
  snapshot.set.replicas = 1;
  snapshot.domain.name = "k8s.example.org";
  const DnsReport report = dns_report(snapshot);
  ASSERT_EQ(report.names.size(), 1U);
  EXPECT_EQ(report.names[0].verdict.name, "web-1.web.shop.svc.k8s.example.org");
  EXPECT_TRUE(report.all_resolve());
}

TEST(DnsReport, ATypingErrorInReplicasStaysSmall) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.set.replicas = 2'000'000'000;
  EXPECT_EQ(dns_report(snapshot).names.size(), 10'000U);
}

TEST(DnsReason, NoServiceName) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.set.service_name = ""; }),
            "[no-service-name] StatefulSet web has no serviceName, so its pods have no names > "
            "serviceName cannot be changed: delete the set with --cascade=orphan and create it "
            "again with one");
}

TEST(DnsReason, ServiceMissing) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.services.clear(); }),
            "[service-missing] Service web does not exist in namespace shop > create a Service web "
            "with clusterIP: None that selects app=web");
  EXPECT_EQ(after([](DnsSnapshot& s) { s.services[0].meta.name_space = "other"; }).substr(0, 17),
            "[service-missing]");
}

TEST(DnsReason, ExternalName) {
  EXPECT_EQ(after([](DnsSnapshot& s) {
              s.services[0].type = "ExternalName";
              s.services[0].cluster_ips.clear();
              s.services[0].external_name = "web.example.com";
            }),
            "[external-name] Service web is an ExternalName for web.example.com, and below an "
            "alias there are no names > make web a Service with clusterIP: None that selects "
            "app=web");
}

TEST(DnsReason, PodMissing) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods.clear(); }),
            "[pod-missing] there is no pod web-0 > see why: kubectl sts status web -n shop");
}

TEST(DnsReason, OtherSubdomain) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0].subdomain = "old"; }),
            "[other-subdomain] web-0 was created with subdomain old, and the set's serviceName is "
            "web > delete the pod, and the controller creates it again as the set says: kubectl "
            "delete pod web-0 -n shop");
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0].subdomain = ""; }),
            "[other-subdomain] web-0 was created without a subdomain, and the set's serviceName is "
            "web > delete the pod, and the controller creates it again as the set says: kubectl "
            "delete pod web-0 -n shop");
}

TEST(DnsReason, OtherHostname) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0].hostname = "mine"; }),
            "[other-hostname] web-0 has hostname mine > delete the pod, and the controller creates "
            "it again as the set says: kubectl delete pod web-0 -n shop");
}

TEST(DnsReason, NoSelector) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.services[0].selector.clear(); }),
            "[no-selector] Service web has no selector, and no EndpointSlice of it names web-0 > "
            "give the Service the selector app=web");
}

TEST(DnsReason, SelectsOthers) {
  EXPECT_EQ(after([](DnsSnapshot& s) {
              s.services[0].selector = {{"app", "api"}};
            }),
            "[selects-others] Service web selects app=api, and web-0 has app=web > make the "
            "Service select app=web");
  EXPECT_EQ(after([](DnsSnapshot& s) {
              s.services[0].selector = {{"tier", "db"}};
            }),
            "[selects-others] Service web selects tier=db, and web-0 has no label tier > make the "
            "Service select app=web");
}

TEST(DnsReason, NoAddress) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0] = pending(pod_of(0), "0/3 nodes"); }),
            "[no-address] web-0 has no IP address yet (Pending) > see why: kubectl sts status web "
            "-n shop");
}

TEST(DnsReason, AddressFamily) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.services[0].ip_families = {"IPv6"};
  snapshot.slices.clear();
  EXPECT_EQ(shown(dns_report(snapshot).names.at(0).verdict),
            "[address-family] web-0 has no address of the families of Service web (IPv6) > give "
            "the Service the families that pods of this cluster have");
}

TEST(DnsReason, Ended) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.pods[0].phase = "Failed";
  snapshot.pods[0].reason = "Evicted";
  snapshot.slices.clear();
  EXPECT_EQ(shown(dns_report(snapshot).names.at(0).verdict),
            "[ended] web-0 has ended (Evicted) > see why: kubectl sts status web -n shop");
}

TEST(DnsReason, Terminating) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0] = terminating(pod_of(0), -20); }),
            "[terminating] web-0 is terminating > wait until it is created again");
}

TEST(DnsReason, NotReady) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.pods[0] = crashing(pod_of(0)); }),
            "[not-ready] web-0 is not Ready (CrashLoopBackOff), and Service web does not publish "
            "addresses that are not ready > get it Ready (kubectl sts status web -n shop); if pods "
            "look for each other before that, set publishNotReadyAddresses: true on the Service");
}

TEST(DnsReason, PublishedAddressesNeedNotBeReady) {
  const auto publish = [](kube::Pod pod) {
    return after([&](DnsSnapshot& s) {
      s.services[0].publish_not_ready_addresses = true;
      s.pods[0] = std::move(pod);
    });
  };
  EXPECT_EQ(publish(unready(pod_of(0))), "10.0.0.1");
  EXPECT_EQ(publish(terminating(pod_of(0), -20)), "10.0.0.1");
}

TEST(DnsReason, NoSlice) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.slices.clear();
  EXPECT_EQ(shown(dns_report(snapshot).names.at(0).verdict),
            "[no-slice] no EndpointSlice of Service web names web-0 as ready, though the Service "
            "selects it > wait a moment; if it stays so, look at the endpointslice controller of "
            "kube-controller-manager");
}

TEST(DnsReason, AClusterIpServesPodsToo) {
  EXPECT_EQ(after([](DnsSnapshot& s) { s.services[0].cluster_ips = {"10.96.0.9"}; }), "10.0.0.1");
}

TEST(DnsReason, ASliceMadeByHandNeedsNoSelector) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.services[0].selector.clear();
  EXPECT_EQ(shown(dns_report(snapshot).names.at(0).verdict), "10.0.0.1");
}

// What is said of one name in the set's configuration.
template <typename Change>
std::string reference(const std::string& name, const Change& change) {
  DnsSnapshot snapshot = dns_snapshot_of(2);
  change(snapshot);
  update_slices(snapshot);
  snapshot.references = {{name, "container app, env PEER"}};
  const DnsReport report = dns_report(snapshot);
  return report.references.empty() ? "" : shown(report.references[0].verdict);
}

std::string reference(const std::string& name) {
  return reference(name, [](DnsSnapshot&) {});
}

TEST(DnsReference, ResolvesAsThePodsResolverWould) {
  for (const char* name :
       {"web-0.web", "web-0.web.shop", "web-0.web.shop.svc", "web-0.web.shop.svc.cluster.local"}) {
    EXPECT_EQ(reference(name), "10.0.0.1") << name;
  }
  EXPECT_EQ(reference("web.shop.svc"), "10.0.0.1 10.0.0.2");
}

TEST(DnsReference, OrdinalOutOfRange) {
  EXPECT_EQ(
      reference("web-2.web"),
      "[ordinal-out-of-range] StatefulSet web has no pod web-2: its pods are web-0 to web-1 > "
      "name a pod that there is, or raise replicas");
}

TEST(DnsReference, AnOwnPodThatIsNotReadyIsExplainedAsSuch) {
  EXPECT_EQ(
      reference("web-1.web", [](DnsSnapshot& s) { s.pods[1] = unready(pod_of(1)); }).substr(0, 26),
      "[not-ready] web-1 is not R");
}

TEST(DnsReference, PodsHaveNoNamesUnderOtherServices) {
  EXPECT_EQ(reference("web-0.extra",
                      [](DnsSnapshot& s) {
                        s.services.push_back(governing_service());
                        s.services.back().meta.name = "extra";
                      }),
            "[other-service] pods of StatefulSet web have names only under its serviceName, which "
            "is web, not under extra > write web-0.web");
}

TEST(DnsReference, ServicesOfOtherNamespaces) {
  const auto with_db = [](const char* name, std::vector<std::string> cluster_ips) {
    return reference(name, [&](DnsSnapshot& s) {
      s.services.push_back(governing_service());
      s.services.back().meta.name = "db";
      s.services.back().meta.name_space = "data";
      s.services.back().selector = {{"app", "db"}};
      s.services.back().cluster_ips = std::move(cluster_ips);
    });
  };
  EXPECT_EQ(with_db("db.data.svc", {"10.96.0.5"}), "10.96.0.5");
  EXPECT_EQ(with_db("db.data.svc.cluster.local", {"None"}),
            "[no-endpoints] headless Service db has no ready endpoint > get a pod that it selects "
            "Ready, or set publishNotReadyAddresses: true");
  EXPECT_EQ(with_db("db-0.db.data.svc", {"None"}),
            "[no-such-endpoint] no ready endpoint of Service db has hostname db-0 > see what there "
            "is: kubectl get endpointslices -l kubernetes.io/service-name=db -n data");
  EXPECT_EQ(with_db("cache.data.svc", {"None"}),
            "[service-missing] Service cache does not exist in namespace data > create the "
            "Service, or mend the name");
}

TEST(DnsReference, AnAliasIsNotLookedUp) {
  const auto alias = [](const char* name) {
    return reference(name, [](DnsSnapshot& s) {
      s.services.push_back({});
      s.services.back().meta.name = "mail";
      s.services.back().meta.name_space = "shop";
      s.services.back().type = "ExternalName";
      s.services.back().external_name = "mail.example.com";
    });
  };
  EXPECT_EQ(alias("mail.shop.svc"), "alias of mail.example.com");
  EXPECT_EQ(alias("a.mail.shop.svc"),
            "[external-name] Service mail is an ExternalName for mail.example.com, and below an "
            "alias there are no names > use the alias itself: mail.example.com");
}

TEST(DnsReference, PortsThatTheServiceDoesNotHave) {
  EXPECT_EQ(reference("_api._tcp.web.shop.svc"),
            "[no-such-endpoint] no ready endpoint of Service web has port api/tcp > see what there "
            "is: kubectl get endpointslices -l kubernetes.io/service-name=web -n shop");
}

TEST(DnsReference, ADomainWrittenByHeart) {
  const auto under = [](ClusterDomain domain, const char* name) {
    return reference(name, [&](DnsSnapshot& s) { s.domain = domain; });
  };
  const ClusterDomain corefile{"k8s.example.org", ClusterDomain::Source::kCorefile};
  EXPECT_EQ(under(corefile, "web-0.web.shop.svc.cluster.local"),
            "[other-domain] it ends in cluster.local, and the cluster's domain is k8s.example.org "
            "(ConfigMap kube-system/coredns) > leave the domain out, or write k8s.example.org");
  EXPECT_EQ(under(corefile, "web-0.web.shop.svc.k8s.example.org"), "10.0.0.1");
  // Another cluster's name, perhaps.
  EXPECT_EQ(under(corefile, "web-0.web.shop.svc.west.example.org"), "");
}

TEST(DnsReference, NamespacesThatCannotBeReadAreLeftOut) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.references = {{"db.data.svc", "container app, env DB"}};
  snapshot.unreadable = {{"data", "forbidden"}};
  const DnsReport report = dns_report(snapshot);
  EXPECT_THAT(report.references, IsEmpty());
  EXPECT_TRUE(report.all_resolve());
  EXPECT_THAT(report.notes, ElementsAre("names of namespace data are left out: its Services could "
                                        "not be read: forbidden"));
}

TEST(DnsReference, OneNameInTwoPlacesIsOneVerdict) {
  DnsSnapshot snapshot = dns_snapshot_of(1);
  snapshot.references = {{"web-7.web", "a"}, {"web-7.web", "b"}};
  const DnsReport report = dns_report(snapshot);
  ASSERT_EQ(report.references.size(), 1U);
  EXPECT_THAT(report.references[0].where, ElementsAre("a", "b"));
  EXPECT_FALSE(report.all_resolve());
}

}  // namespace
}  // namespace sts::rollout
