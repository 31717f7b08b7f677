#include "kube/semantics/known_labels.h"

#include "kube/object/reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace sts::kube {
namespace {

// Keeps the tree of what it reads.
struct Yaml {
  explicit Yaml(std::string text)
      : documents(read_documents(std::make_shared<SourceFile>("a.yaml", std::move(text)))) {}
  Value root() const { return documents.at(0).tree->root(); }
  std::vector<Document> documents;
};

Labels labels(const std::string& text) { return read_labels(Yaml(text).root()); }

Match match(const std::string& selector, const std::string& of) {
  return selects(labels(selector), labels(of));
}

TEST(KnownLabels, ReadsStringsAndKnowsWhatItDoesNotKnow) {
  const Labels read = labels(R"({app: db, tier: "${TIER}", port: 5432, on: yes, "1": "2"})");
  EXPECT_EQ(read.known.at("app"), "db");
  EXPECT_EQ(read.known.at("tier"), std::nullopt);
  EXPECT_EQ(read.known.at("port"), std::nullopt);
  EXPECT_EQ(read.known.at("1"), "2");
  EXPECT_FALSE(read.open);
}

TEST(KnownLabels, APlaceholderKeyLeavesThemOpen) {
  EXPECT_TRUE(labels(R"({"${KEY}": a, app: db})").open);
  EXPECT_EQ(labels(R"({"${KEY}": a, app: db})").known.size(), 1U);
  EXPECT_TRUE(read_labels(Yaml("labels: \"{{ toYaml .labels }}\"").root().get("labels")).open);
  EXPECT_TRUE(read_labels(Yaml("a: b").root().get("labels")).empty());
  EXPECT_TRUE(read_labels(Yaml("labels:").root().get("labels")).empty());
}

TEST(KnownLabels, AMapSelectorSelectsWhatHasAllItsPairs) {
  EXPECT_EQ(match("{app: db}", "{app: db, tier: data}"), Match::kYes);
  EXPECT_EQ(match("{app: db, tier: web}", "{app: db, tier: data}"), Match::kNo);
  EXPECT_EQ(match("{app: db, part: a}", "{app: db}"), Match::kNo);
  EXPECT_EQ(match("{}", "{app: db}"), Match::kNo);
}

TEST(KnownLabels, WhatIsUnknownNeverRefuses) {
  EXPECT_EQ(match("{app: \"${X}\"}", "{app: db}"), Match::kUnknown);
  EXPECT_EQ(match("{app: db}", "{app: \"${X}\"}"), Match::kUnknown);
  EXPECT_EQ(match("{app: db}", "{\"${X}\": db}"), Match::kUnknown);
  EXPECT_EQ(match("{app: db, \"${X}\": a}", "{app: db}"), Match::kUnknown);
}

TEST(KnownLabels, AKnownMismatchDecidesDespiteUnknowns) {
  EXPECT_EQ(match("{app: \"${X}\", tier: web}", "{app: db, tier: data}"), Match::kNo);
}

TEST(KnownLabels, NamesTheKeyThatMismatches) {
  EXPECT_EQ(mismatching_key(labels("{app: db, tier: web}"), labels("{app: db, tier: data}")),
            "tier");
  EXPECT_EQ(mismatching_key(labels("{app: db, part: a}"), labels("{app: db}")), "part");
  EXPECT_EQ(mismatching_key(labels("{app: db}"), labels("{app: db}")), "");
  EXPECT_EQ(mismatching_key(labels("{app: \"${X}\"}"), labels("{app: db}")), "");
}

Match full(const std::string& selector, const std::string& of, const std::string& extra = "{}") {
  const Yaml yaml(selector);
  return selects(yaml.root(), labels(extra), labels(of));
}

TEST(KnownLabels, JoinsPairsAndExpressions) {
  EXPECT_EQ(full("{matchLabels: {app: db}}", "{app: db}"), Match::kYes);
  const std::string both =
      "{matchLabels: {app: db}, matchExpressions: [{key: tier, operator: Exists}]}";
  EXPECT_EQ(full(both, "{app: db, tier: x}"), Match::kYes);
  EXPECT_EQ(full(both, "{app: db}"), Match::kNo);
  EXPECT_EQ(full(both, "{tier: x}"), Match::kNo);
}

std::string expression(const std::string& text) { return "{matchExpressions: [" + text + "]}"; }

TEST(KnownLabels, FollowsTheOperators) {
  const std::string in = expression("{key: a, operator: In, values: [x, y-y]}");
  EXPECT_EQ(full(in, "{a: y-y}"), Match::kYes);
  EXPECT_EQ(full(in, "{a: z}"), Match::kNo);
  EXPECT_EQ(full(in, "{b: x}"), Match::kNo);
  const std::string not_in = expression("{key: a, operator: NotIn, values: [x]}");
  EXPECT_EQ(full(not_in, "{a: x}"), Match::kNo);
  EXPECT_EQ(full(not_in, "{a: z}"), Match::kYes);
  EXPECT_EQ(full(not_in, "{b: x}"), Match::kYes);
  const std::string exists = expression("{key: a, operator: Exists}");
  EXPECT_EQ(full(exists, "{a: x}"), Match::kYes);
  EXPECT_EQ(full(exists, "{b: x}"), Match::kNo);
  const std::string missing = expression("{key: a, operator: DoesNotExist}");
  EXPECT_EQ(full(missing, "{a: x}"), Match::kNo);
  EXPECT_EQ(full(missing, "{b: x}"), Match::kYes);
}

TEST(KnownLabels, UnknownsStayUnknown) {
  EXPECT_EQ(full(expression("{key: a, operator: Like, values: [x]}"), "{a: x}"), Match::kUnknown);
  EXPECT_EQ(full(expression("{key: a, operator: In, values: [\"${X}\"]}"), "{a: x}"),
            Match::kUnknown);
  EXPECT_EQ(full(expression("{key: a, operator: NotIn, values: [\"${X}\"]}"), "{a: x}"),
            Match::kUnknown);
  EXPECT_EQ(full(expression("{key: a, operator: Exists}"), "{\"${X}\": x}"), Match::kUnknown);
  EXPECT_EQ(full(expression("{key: a, operator: DoesNotExist}"), "{\"${X}\": x}"), Match::kUnknown);
  EXPECT_EQ(full("{matchLabels: {app: db}, matchExpressions: \"${X}\"}", "{app: db}"),
            Match::kUnknown);
  EXPECT_EQ(full("\"${SELECTOR}\"", "{app: db}"), Match::kUnknown);
}

TEST(KnownLabels, AnEmptyOneSelectsEverythingAndAnAbsentOneNothing) {
  EXPECT_EQ(full("{}", "{app: db}"), Match::kYes);
  EXPECT_EQ(selects(Value(), {}, labels("{app: db}")), Match::kNo);
}

TEST(KnownLabels, WhatKustomizeAddsCounts) {
  EXPECT_EQ(full("{matchLabels: {app: db}}", "{app: db}", "{env: prod}"), Match::kNo);
  EXPECT_EQ(full("{matchLabels: {app: db}}", "{app: db, env: prod}", "{env: prod}"), Match::kYes);
  EXPECT_EQ(full("{matchLabels: {env: dev}}", "{env: prod}", "{env: prod}"), Match::kYes);
}

}  // namespace
}  // namespace sts::kube
