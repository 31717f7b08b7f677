#include "lint/index/testing.h"
#include "lint/rule.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

constexpr std::size_t kMost = Findings::kMost;

class Cap : public ::testing::Test {
 protected:
  Cap() : index_(testing::project({{"db.yaml", testing::set("db") + testing::set("log")}})) {}

  const Object& db() const { return testing::object(index_, Kind::kStatefulSet, "db"); }
  const Object& log() const { return testing::object(index_, Kind::kStatefulSet, "log"); }

  void report(Findings& findings, std::size_t times, const Object& object, const Rule& rule,
              Severity severity = Severity::kWarning) const {
    for (std::size_t i = 0; i < times; ++i) {
      findings.at(rule, severity, object, object.root.get("metadata", "name"), "wrong")
          .related(object.root, "here")
          .fix("mend it");
    }
  }

  Index index_;
  const Rule& rule_ = *find_rule("unknown-field");
  const Rule& other_ = *find_rule("field-invalid");
};

TEST_F(Cap, OneMoreThanMostIsStillToldInFull) {
  Findings findings;
  report(findings, kMost + 1, db(), rule_);
  const auto all = findings.take();
  ASSERT_EQ(all.size(), kMost + 1);
  EXPECT_EQ(all.back().message, "wrong");
}

TEST_F(Cap, TheRestIsCountedUnderItsHighestSeverity) {
  Findings findings;
  report(findings, kMost + 3, db(), rule_);
  report(findings, 1, db(), rule_, Severity::kError);
  report(findings, 1, db(), rule_, Severity::kInfo);
  const auto all = findings.take();
  ASSERT_EQ(all.size(), kMost + 1);
  EXPECT_EQ(all[kMost - 1].message, "wrong");
  EXPECT_EQ(all[kMost - 1].severity, Severity::kWarning);
  EXPECT_EQ(all.back().message, "… and 5 more like this in the same object");
  EXPECT_EQ(all.back().severity, Severity::kError);
  EXPECT_EQ(all.back().rule, &rule_);
  EXPECT_EQ(all.back().object->name, "db");
  EXPECT_EQ(all.back().fix, "");
  EXPECT_TRUE(all.back().related.empty());
}

TEST_F(Cap, CountsForEachRuleAndObject) {
  Findings findings;
  for (std::size_t i = 0; i < kMost; ++i) {
    report(findings, 1, db(), rule_);
    report(findings, 1, db(), other_);
  }
  report(findings, kMost, log(), rule_);
  const auto all = findings.take();
  EXPECT_EQ(all.size(), 3 * kMost);
  for (const Finding& finding : all) ASSERT_EQ(finding.message, "wrong");
}

TEST_F(Cap, DoesNotHoldWhereFindingsMayBeIgnoredOneByOne) {
  Findings findings([&](const Object& object) { return object.name == "db"; });
  report(findings, kMost + 5, db(), rule_);
  report(findings, kMost + 5, log(), rule_);
  EXPECT_EQ(findings.take().size(), (kMost + 5) + (kMost + 1));
}

}  // namespace
}  // namespace sts::lint
