#include "lint/hosts/host_sites.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

std::string pod_with_hosts(int hosts) {
  std::string list;
  for (int i = 0; i < hosts; ++i) list += (i == 0 ? "db-" : ",db-") + std::to_string(i) + ".db";
  return R"(apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: c
      env:
        - {name: PEERS, value: ")" +
         list + R"("}
        - {name: DB_HOST, value: db-7.db}
)";
}

TEST(HostSites, OfOneValueOnlyTheFirstHosts) {
  for (const auto& [hosts, sites] : {std::pair(3, 3), std::pair(512, 512), std::pair(4000, 512)}) {
    const Index index = testing::project({{"pod.yaml", pod_with_hosts(hosts)}});
    const auto& all = index.derived<HostSites>().of(testing::object(index, Kind::kPod, "p"));
    ASSERT_EQ(all.size(), static_cast<std::size_t>(sites) + 1) << hosts;
    EXPECT_EQ(all.front().host.name, "db-0.db");
    EXPECT_EQ(all.front().list_size, static_cast<std::size_t>(hosts));
    EXPECT_EQ(all.back().host.name, "db-7.db");
  }
}

}  // namespace
}  // namespace sts::lint
