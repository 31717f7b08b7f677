#include "lint/index/testing.h"
#include "lint/rule.h"

#include <gtest/gtest.h>

namespace sts::lint {
namespace {

constexpr const char* kSet = R"(
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db-headles
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: x}]}
)";

constexpr const char* kService = R"(
apiVersion: v1
kind: Service
metadata: {name: db-headless}
spec: {clusterIP: None, selector: {app: db}}
)";

// "severity: message | fix" of every finding of the rule.
std::vector<std::string> run(const char* rule, const Index& index, const Options& options = {}) {
  Findings findings;
  for (const Object& object : index.objects()) {
    find_rule(rule)->check(object, RuleContext{index, options}, findings);
  }
  std::vector<std::string> result;
  for (const Finding& finding : findings.all()) {
    result.push_back(std::string(to_string(finding.severity)) + ": " + finding.message + " | " +
                     finding.fix);
  }
  return result;
}

using Lines = std::vector<std::string>;

TEST(ServiceNotFound, ALoneFileProvesNothing) {
  ProjectScope lone;
  lone.lone_files = true;
  EXPECT_EQ(run("service-not-found", testing::project({{"sts.yaml", kSet}}, {}, lone)),
            Lines{"warning: StatefulSet \"db\" names Service \"db-headles\", which this file alone "
                  "does not define | if another file defines it, name its folder with --project "
                  "DIR"});
}

TEST(ServiceNotFound, AssumedCompleteItDoes) {
  ProjectScope lone;
  lone.lone_files = true;
  Options options;
  options.assume = Completeness::kComplete;
  const auto found =
      run("service-not-found", testing::project({{"sts.yaml", kSet}}, options, lone), options);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].substr(0, 6), "error:");
}

TEST(ServiceNotFound, EnvironmentsEachHaveTheirOwn) {
  const Index index = testing::project({{"prod/db/sts.yaml", kSet},
                                        {"prod/db/svc.yaml", kService},
                                        {"staging/db/sts.yaml", kSet},
                                        {"staging/db/svc.yaml", kService}});
  const std::string line =
      "error: StatefulSet \"db\" names Service \"db-headles\", which nothing in this project "
      "defines | serviceName: db-headless";
  EXPECT_EQ(run("service-not-found", index), (Lines{line, line}));
}

TEST(ServiceNotFound, AmongManyLikeNamesTheRightOne) {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    const std::string n = std::to_string(i);
    text += "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web-" + n +
            "}\nspec:\n  serviceName: web-" + n +
            "-hs\n  replicas: 1\n  template:\n    metadata: {labels: {app: web, n: \"" + n +
            "\"}}\n    spec: {containers: [{name: web, image: x}]}\n";
    text += "---\napiVersion: v1\nkind: Service\nmetadata: {name: web-" + n +
            "}\nspec: {clusterIP: None, selector: {app: web, n: \"" + n + "\"}}\n";
  }
  const auto found = run("service-not-found", testing::project({{"all.yaml", text}}));
  ASSERT_EQ(found.size(), 400u);
  EXPECT_EQ(found[7],
            "error: StatefulSet \"web-7\" names Service \"web-7-hs\", which nothing in this "
            "project defines | serviceName: web-7");
}

}  // namespace
}  // namespace sts::lint
