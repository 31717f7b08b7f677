#include "rollout/dns/cluster_domain.h"

#include <gtest/gtest.h>

namespace sts::rollout {
namespace {

constexpr const char* kCorefile = R"(.:53 {
    errors
    # kubernetes not.this
    kubernetes k8s.example.org in-addr.arpa ip6.arpa {
       pods insecure
    }
    forward . /etc/resolv.conf
}
)";

kube::ConfigMap coredns(const std::string& corefile) {
  kube::ConfigMap map;
  map.data = {{"Corefile", corefile}};
  return map;
}

TEST(ClusterDomain, IsTheFirstZoneOfTheKubernetesPlugin) {
  EXPECT_EQ(corefile_domain(kCorefile), "k8s.example.org");
  EXPECT_EQ(corefile_domain("kubernetes in-addr.arpa cluster.local. {"), "cluster.local");
  EXPECT_EQ(corefile_domain("kubernetes {$CLUSTER_DOMAIN} in-addr.arpa"), std::nullopt);
  EXPECT_EQ(corefile_domain("kubernetes {"), std::nullopt);
  EXPECT_EQ(corefile_domain("kubernetes in-addr.arpa ip6.arpa {"), std::nullopt);
  EXPECT_EQ(corefile_domain(""), std::nullopt);
}

TEST(ClusterDomain, SaysWhereItIsFrom) {
  const ClusterDomain by_flag = cluster_domain("flag.example", coredns(kCorefile));
  EXPECT_EQ(by_flag.name, "flag.example");
  EXPECT_EQ(to_string(by_flag.source), "--cluster-domain");
  const ClusterDomain by_corefile = cluster_domain(std::nullopt, coredns(kCorefile));
  EXPECT_EQ(by_corefile.name, "k8s.example.org");
  EXPECT_EQ(to_string(by_corefile.source), "ConfigMap kube-system/coredns");
  for (const ClusterDomain& domain :
       {cluster_domain(std::nullopt, std::nullopt), cluster_domain(std::nullopt, coredns("x")),
        cluster_domain(std::nullopt, kube::ConfigMap{})}) {
    EXPECT_EQ(domain.name, "cluster.local");
    EXPECT_EQ(to_string(domain.source), "default");
  }
}

}  // namespace
}  // namespace sts::rollout
