#include "lint/index/nearby.h"

#include "lint/index/testing.h"
#include "lint/model/pods.h"
#include "lint/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

// What must not grow with the square of a project: sets that all have the same labels.
namespace sts::lint {
namespace {

using ::testing::ElementsAre;

std::string sets_with_services(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string name = "db" + std::to_string(i);
    text += testing::set(name, "", "", "spec:\n  serviceName: " + name + R"(
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: x}]}
)");
    text +=
        testing::service(name, "", "", "spec: {clusterIP: None, selector: {app: db}, ports: []}\n");
  }
  return text;
}

std::size_t findings_of(const Index& index, std::string_view rule) {
  Findings findings;
  const RuleContext context{index, index.options()};
  for (const Object& object : index.objects()) find_rule(rule)->check(object, context, findings);
  return findings.take().size();
}

TEST(Nearby, AreTheNearestInTheIndexFirst) {
  const Index index = testing::project({{"db.yaml", sets_with_services(9)}});
  const auto names = [&](std::string_view around, std::ptrdiff_t window) {
    std::vector<std::string> result;
    for (const Object* each : nearby(index.of_kind(Kind::kStatefulSet),
                                     testing::object(index, Kind::kStatefulSet, around), window)) {
      result.emplace_back(each->name);
    }
    return result;
  };
  EXPECT_THAT(names("db4", 2), ElementsAre("db4", "db3", "db5", "db2"));
  EXPECT_THAT(names("db0", 2), ElementsAre("db0", "db1"));
  EXPECT_THAT(names("db8", 2), ElementsAre("db8", "db7", "db6"));
}

TEST(Nearby, AServiceSelectsABoundedNumberOfSets) {
  const Index index = testing::project({{"db.yaml", sets_with_services(600)}});
  const Object& service = testing::object(index, Kind::kService, "db300");
  const Object& own = testing::object(index, Kind::kStatefulSet, "db300");
  const auto& selected = index.derived<ServicePods>().of(service);
  EXPECT_EQ(selected.size(), static_cast<std::size_t>(2 * PodTable::kMostBeside));
  EXPECT_THAT(selected, ::testing::Contains(&own));
  EXPECT_TRUE(std::is_sorted(selected.begin(), selected.end(),
                             [](const auto* a, const auto* b) { return a->ordinal < b->ordinal; }));
}

TEST(Nearby, SelectorOverlapIsReportedAFewTimesForASet) {
  const Index few = testing::project({{"db.yaml", sets_with_services(4)}});
  EXPECT_EQ(findings_of(few, "selector-overlap"), 6U) << "every pair";
  const Index many = testing::project({{"db.yaml", sets_with_services(200)}});
  EXPECT_LE(findings_of(many, "selector-overlap"), 3U * 200U);
}

}  // namespace
}  // namespace sts::lint
