#include "lint/rules/service/srv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "port/protocol/service" of each name found.
std::vector<std::string> names(std::string_view text) {
  std::vector<std::string> result;
  for (const SrvName& name : find_srv_names(text)) {
    result.push_back(std::string(name.port) + "/" + std::string(name.protocol) + "/" +
                     std::string(name.service));
  }
  return result;
}

TEST(SrvNames, PortProtocolAndService) {
  EXPECT_THAT(names("_client._tcp.db"), ElementsAre("client/TCP/db"));
  EXPECT_THAT(names("dnssrv+_grpc._tcp.store.prod.svc.cluster.local,_dns._udp.dns"),
              ElementsAre("grpc/TCP/store", "dns/UDP/dns"));
  EXPECT_THAT(names("_$(PORT)._tcp.db"), ElementsAre("/TCP/db"));
}

TEST(SrvNames, ThePlaceIsTheNameUpToItsService) {
  const auto found = find_srv_names("srv: _client._tcp.db.prod.svc");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].begin, 5u);
  EXPECT_EQ(found[0].end, 20u);
  EXPECT_TRUE(found[0].svc);
  EXPECT_EQ(found[0].name_space, "prod");
}

TEST(SrvNames, WhatIsNone) {
  for (const char* text : {"", "._tcp.", "_a._sctp.db", "_ldap._tcp.dc.example.com",
                           "# _client._tcp.db", "client._tcp.db", "_client._tcp."}) {
    EXPECT_THAT(names(text), IsEmpty()) << text;
  }
}

TEST(SrvNames, CommentsAreLinesOfTheirOwn) {
  EXPECT_THAT(names("# _a._tcp.x\n_b._tcp.y # _c._tcp.z\n  # _d._tcp.w\n\n_e._tcp.v"),
              ElementsAre("b/TCP/y", "c/TCP/z", "e/TCP/v"));
}

}  // namespace
}  // namespace sts::lint::service
