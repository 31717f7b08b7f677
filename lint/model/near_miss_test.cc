#include "lint/model/near_miss.h"

#include <gtest/gtest.h>

namespace sts::lint {
namespace {

TEST(NearMiss, Slips) {
  const struct {
    const char* a;
    const char* b;
    int distance;
  } kCases[] = {
      {"db-headles", "db-headless", 0},
      {"ngnix", "nginx", 0},
      {"data", "datas", 0},
      {"mongo", "mongodb", 1},
      {"elasticsaerch", "elasticsearch", 0},
      {"db", "db-headless", 3},
      {"db-headless", "db-headless-svc", 3},
      {"data-db", "db-data", 2},
      {"redis", "prod-redis-headless", 4},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(near_miss(test.a, test.b), test.distance) << test.a << ", " << test.b;
    EXPECT_EQ(near_miss(test.b, test.a), test.distance) << test.b << ", " << test.a;
  }
}

TEST(NearMiss, Others) {
  const struct {
    const char* a;
    const char* b;
  } kCases[] = {
      {"web", "web"},      {"", "web"},          {"db-0", "db-1"},     {"kafka", "kafka-2"},
      {"node9", "node10"}, {"db", "es"},         {"data", "logs"},     {"logs", "tags"},
      {"redis", "rabbit"}, {"db-main", "db-es"}, {"v1-api", "api-v2"}, {"a", "ab"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(near_miss(test.a, test.b), std::nullopt) << test.a << ", " << test.b;
  }
}

TEST(NearMiss, Nearest) {
  EXPECT_EQ(nearest("datas", {"logs", "data-old", "data", "datax"}), 2U);
  EXPECT_EQ(nearest("datas", {"logs", "tmp"}), std::nullopt);
  EXPECT_EQ(nearest("datas", {}), std::nullopt);
}

}  // namespace
}  // namespace sts::lint
