#include "lint/hosts/host_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(std::string_view text, std::string_view key = "") {
  std::vector<std::string> result;
  for (const HostText& host : find_hosts(text, key)) result.emplace_back(host.name);
  return result;
}

TEST(HostText, ASchemeAPortOrSvcMakesAWordAHost) {
  EXPECT_THAT(names("http://web-0.nginx/x"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx:80"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx:$PORT"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx.default.svc.cluster.local"),
              ElementsAre("web-0.nginx.default.svc.cluster.local"));
  EXPECT_THAT(names("amqp://user:secret@mq-0.mq"), ElementsAre("mq-0.mq"));
  EXPECT_THAT(names("1@kafka-0.kafka:9093"), ElementsAre("kafka-0.kafka"));
  EXPECT_THAT(names("web-0.nginx"), IsEmpty());
  EXPECT_THAT(names("release 1.2.3 of web-0.nginx is out"), IsEmpty());
}

TEST(HostText, AKeyThatNamesHostsIsEnough) {
  EXPECT_THAT(names("web-0.nginx", "DB_HOST"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx", "seedNodes"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx", "bootstrap.servers"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("web-0.nginx", "GREETING"), IsEmpty());
  EXPECT_THAT(names("a: 1\npeer: web-0.nginx\n"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("server.1=web-0.nginx"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("--join=web-0.nginx"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("mysql -h web-0.nginx -u root"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("start --host \"web-0.nginx\""), ElementsAre("web-0.nginx"));
}

TEST(HostText, AYamlListHasTheKeyAboveIt) {
  EXPECT_THAT(names("seeds:\n  - web-0.nginx\n  - \"web-1.nginx\"\n"),
              ElementsAre("web-0.nginx", "web-1.nginx"));
  EXPECT_THAT(names("a:\n  peers:\n  - web-0.nginx\n"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("names:\n  - web-0.nginx\n"), IsEmpty());
  EXPECT_THAT(names("seeds:\n  names:\n    - web-0.nginx\n"), IsEmpty());
  EXPECT_THAT(names("seeds: x\n- web-0.nginx\n"), IsEmpty());
  EXPECT_THAT(names("seeds:\n  - see web-0.nginx\n"), IsEmpty());
}

TEST(HostText, DirectivesThatTakeAHost) {
  EXPECT_THAT(names("upstream x {\n  server web-0.nginx;\n}"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("replicaof web-0.nginx 6379"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("sentinel monitor main web-0.nginx 6379 2"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("the server web-0.nginx"), IsEmpty());
  EXPECT_THAT(names("server is web-0.nginx"), IsEmpty());
}

TEST(HostText, ProgramsThatTakeHosts) {
  EXPECT_THAT(names("until nslookup web-0.nginx; do sleep 1; done"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("nc -z web-0.nginx 80"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("nc -l 80; echo web-0.nginx"), IsEmpty());
}

TEST(HostText, ListsOfDottedNamesAreHosts) {
  EXPECT_THAT(names("a-0.a,a-1.a"), ElementsAre("a-0.a", "a-1.a"));
  EXPECT_THAT(names("a-0,a-1"), IsEmpty());
  EXPECT_THAT(names("es-0=http://es-0.es:9300,es-1=http://es-1.es:9300"),
              ElementsAre("es-0.es", "es-1.es"));
}

TEST(HostText, ABareNameNeedsAPortOrAScheme) {
  EXPECT_THAT(names("web-0:80"), ElementsAre("web-0"));
  EXPECT_THAT(names("http://web-0"), ElementsAre("web-0"));
  EXPECT_THAT(names("web-0", "DB_HOST"), IsEmpty());
  EXPECT_THAT(names("ping web-0"), IsEmpty());
}

TEST(HostText, WhatIsNoHost) {
  EXPECT_THAT(names("registry.example.com/team/web-0:80"), ElementsAre());
  EXPECT_THAT(names("/var/log/web-0.log:rw"), IsEmpty());
  EXPECT_THAT(names("# http://web-0.nginx"), IsEmpty());
  EXPECT_THAT(names("a\n  // http://web-0.nginx"), IsEmpty());
  EXPECT_THAT(names("[ \"$HOST\" = \"web-0.nginx.default.svc\" ]"), IsEmpty());
  EXPECT_THAT(names("${NAME}.web-0.nginx:80"), IsEmpty());
  EXPECT_THAT(names("web-0.nginx=1:80"), IsEmpty());
  EXPECT_THAT(names("Web-0.Nginx:80"), IsEmpty());
  EXPECT_THAT(names("-0.nginx:80"), IsEmpty());
}

TEST(HostText, VariablesWithinANameAreItsLabels) {
  const auto labels = [](std::string_view text, std::string_view key = "") {
    const VariableReader read = [](const HostVariable& variable) -> std::string {
      if (variable.inner == "POD") return "<POD>";
      if (variable.inner == "NS") return "<NS>";
      if (variable.inner == "SUFFIX") return "db.prod.svc";
      if (variable.inner == "LIST") return "a b";
      return "<?>";
    };
    std::vector<std::string> result;
    for (const HostText& host : find_hosts(text, key, read)) {
      std::string joined(host.name);
      for (const std::string_view label : host.labels) joined += " " + std::string(label);
      result.push_back(joined);
    }
    return result;
  };
  EXPECT_THAT(labels("db-0.db.$(NS).svc"), ElementsAre("db-0.db.$(NS).svc db-0 db <NS> svc"));
  EXPECT_THAT(labels("http://${POD}.db:80"), ElementsAre("${POD}.db <POD> db"));
  EXPECT_THAT(labels("db-0.$SUFFIX:80"), ElementsAre("db-0.$SUFFIX db-0 db prod svc"));
  EXPECT_THAT(labels("db-0.db.${OTHER}.svc"), ElementsAre("db-0.db.${OTHER}.svc db-0 db <?> svc"));
  EXPECT_THAT(labels("$POD.db", "PEER_HOST"), ElementsAre("$POD.db <POD> db"));
  EXPECT_THAT(labels("$POD.db"), IsEmpty());
  EXPECT_THAT(labels("$OTHER.db:80,$POD:80,$(LIST).db:80"), IsEmpty());
  EXPECT_THAT(labels("db-$OTHER.db:80"), IsEmpty());
}

TEST(HostText, ElementsOfXmlAreKeys) {
  EXPECT_THAT(names("<host>web-0.nginx</host>"), ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("<value>web-0.nginx</value>"), IsEmpty());
  EXPECT_THAT(names("<name>hbase.quorum.servers</name>\n <value>web-0.nginx</value>"),
              ElementsAre("web-0.nginx"));
  EXPECT_THAT(names("<name>host</name></property>\n<value>web-0.nginx</value>"), IsEmpty());
  EXPECT_THAT(names("<value>web-0.nginx,web-1.nginx</value>"),
              ElementsAre("web-0.nginx", "web-1.nginx"));
  EXPECT_THAT(names("<!-- <host>web-0.nginx</host>\n--><host>web-1.nginx</host>"),
              ElementsAre("web-1.nginx"));
  EXPECT_THAT(names("http://web-0.nginx<b"), IsEmpty());
}

TEST(HostText, AddressesKnowRangesAndVersions) {
  EXPECT_THAT(names("10.0.0.1:80,10.0.0.2:80"), ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_THAT(names("10.0.0.0/8"), IsEmpty());
  const auto hosts = find_hosts("10.2.3.4", "");
  ASSERT_EQ(hosts.size(), 1U);
  EXPECT_TRUE(hosts[0].address);
  EXPECT_FALSE(hosts[0].listed);
  EXPECT_THAT(names("10.0.0.256:80"), IsEmpty());
}

TEST(HostText, PlacesAndFinalDots) {
  const auto hosts = find_hosts("x http://web-0.nginx.:80/", "");
  ASSERT_EQ(hosts.size(), 1U);
  EXPECT_EQ(hosts[0].begin, 9U);
  EXPECT_EQ(hosts[0].end, 20U);
  EXPECT_TRUE(hosts[0].final_dot);
  EXPECT_TRUE(hosts[0].port);
}

TEST(HostText, ALineOfAMegabyteIsReadInOneGo) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += "web-0.nginx:80,";
  EXPECT_EQ(names(text).size(), 60'000U);
}

}  // namespace
}  // namespace sts::lint
