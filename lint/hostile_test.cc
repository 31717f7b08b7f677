// Sizes that nobody writes by hand. None of these ends in time where some rule compares all pairs.
#include "lint/index/testing.h"
#include "lint/rule.h"
#include "lint/suppress/ignores.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

namespace sts::lint {
namespace {

constexpr int kMany = 10'000;

std::string repeated(const std::function<std::string(const std::string& number)>& item) {
  std::string text;
  for (int i = 0; i < kMany; ++i) text += item(std::to_string(i));
  return text;
}

struct Parts {
  std::string spec;       // lines below spec
  std::string pod;        // lines below template.spec
  std::string container;  // lines of the one container
  std::string labels;     // behind `app: db`
};

std::string set_of(const Parts& parts) {
  return testing::set("db", "", "",
                      "spec:\n  serviceName: db\n  selector: {matchLabels: {app: db}}\n" +
                          parts.spec + "  template:\n    metadata: {labels: {app: db" +
                          parts.labels + "}}\n    spec:\n" + parts.pod +
                          "      containers:\n      - name: c\n        image: busybox:1.28\n" +
                          parts.container) +
         testing::service("db", "", "",
                          "spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}\n");
}

/// How often each rule reports something; all rules, as the engine runs them.
std::map<std::string, std::size_t> found_in(const std::string& text) {
  const Index index = testing::project({{"db.yaml", text}});
  const RuleContext context{index, index.options()};
  Findings findings;
  for (const Object& object : index.objects()) {
    for (const Rule* rule : all_rules()) {
      if (rule->check != nullptr) rule->check(object, context, findings);
    }
  }
  std::map<std::string, std::size_t> counts;
  for (const Finding& finding : findings.take()) {
    ++counts[std::string(finding.rule->id)];
    // What the reports ask of each.
    EXPECT_GE(finding.place.span().begin.line, 1U);
  }
  return counts;
}

constexpr std::size_t kCapped = Findings::kMost + 1;

TEST(HostileSizes, ClaimTemplates) {
  const auto counts = found_in(set_of({
      .spec = "  volumeClaimTemplates:\n" + repeated([](const std::string& i) {
                return "  - {metadata: {name: v" + i + ", namespace: x}, spec: {}}\n";
              }),
      .pod = "      volumes:\n" + repeated([](const std::string& i) {
               return "      - {name: v" + i + ", hostPath: {path: /d}}\n";
             }),
      .container = "        volumeMounts:\n" + repeated([](const std::string& i) {
                     return "        - {name: w" + i + ", mountPath: /d" + i + "}\n";
                   }),
      .labels = "",
  }));
  EXPECT_EQ(counts.at("volume-mount-unresolved"), kCapped);
  EXPECT_EQ(counts.at("vct-unused"), kCapped);
  EXPECT_EQ(counts.at("vct-shadows-volume"), kCapped);
}

TEST(HostileSizes, ClaimTemplatesOfOneName) {
  const auto counts = found_in(set_of({
      .spec = "  volumeClaimTemplates:\n" +
              repeated([](const std::string&) { return "  - {metadata: {name: v}, spec: {}}\n"; }),
      .pod = "",
      .container = "",
      .labels = "",
  }));
  EXPECT_EQ(counts.at("vct-duplicate-name"), kCapped);
}

TEST(HostileSizes, KeysThatNoStructHas) {
  const auto counts = found_in(set_of({
      .spec = repeated([](const std::string& i) { return "  serviceNam" + i + ": x\n"; }),
      .pod = "",
      .container = "        env:\n" + repeated([](const std::string& i) {
                     return "        - {name: a" + i + ", image: x, value: 1}\n";
                   }),
      .labels = "",
  }));
  EXPECT_EQ(counts.at("unknown-field"), kCapped);
  EXPECT_EQ(counts.at("field-misplaced"), kCapped);
  EXPECT_EQ(counts.at("field-invalid"), kCapped);
}

TEST(HostileSizes, LabelsOnOneLine) {
  const auto counts = found_in(set_of({
      .spec = "",
      .pod = "",
      .container = "",
      .labels = repeated([](const std::string& i) { return ", l" + i + ": ' bad '"; }),
  }));
  EXPECT_EQ(counts.at("field-invalid"), kCapped);
}

TEST(HostileSizes, SetsAndBudgetsOfTheSamePods) {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(i);
    text += testing::set("db" + number, "", "",
                         "spec:\n  serviceName: db\n  selector: {matchLabels: {app: db}}\n"
                         "  template:\n    metadata: {labels: {app: db}}\n"
                         "    spec: {containers: [{name: c, image: x}]}\n");
    text += testing::document("policy/v1", "PodDisruptionBudget", "db" + number, "", "",
                              "spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}\n");
  }
  EXPECT_GE(found_in(text).at("pdb-multiple"), 1U);
}

TEST(HostileSizes, IgnoresOfAsManyFindings) {
  const std::string text = repeated([](const std::string& i) {
    return "x" + i + ": y  # kubectl-sts: ignore=unknown-field,field-invalid -- z\n";
  });
  const auto source = std::make_shared<kube::SourceFile>("a.yaml", text);
  const auto documents = kube::read_documents(source);
  Ignores ignores;
  ignores.add_comments(source, documents);
  Findings findings;
  const kube::Value root = documents.front().tree->root();
  for (const kube::Entry& entry : root.entries()) {
    findings.at_place(*find_rule("unknown-field"), Severity::kError, {source, entry.value.range()},
                      "wrong");
  }
  auto all = findings.take();
  EXPECT_EQ(ignores.apply(all).size(), static_cast<std::size_t>(kMany));
  EXPECT_TRUE(all.empty());
  EXPECT_EQ(ignores.unused({}, true).size(), static_cast<std::size_t>(kMany));
}

}  // namespace
}  // namespace sts::lint
