// What fixtures cannot say: lone files, live objects, names of several environments.
#include "lint/index/testing.h"
#include "lint/rules/storage/claim_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {

extern const Rule kClaimNotFound;
extern const Rule kSharedRwoClaim;
extern const Rule kVctClassEmpty;

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> run(const Rule& rule, const Index& index) {
  Findings findings;
  for (const Object& object : index.objects()) {
    rule.check(object, RuleContext{index, index.options()}, findings);
  }
  std::vector<std::string> lines;
  for (const Finding& finding : findings.all()) {
    lines.push_back(std::string(to_string(finding.severity)) + ": " + finding.message);
  }
  return lines;
}

std::string claim(const std::string& name, const std::string& mode = "ReadWriteOnce") {
  return "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: " + name +
         "}\nspec: {accessModes: [" + mode + "], resources: {requests: {storage: 1Gi}}}\n";
}

std::string user(const std::string& claim_name, const std::string& metadata = "") {
  return "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: wiki" + metadata +
         "}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers: [{name: wiki}]\n"
         "      volumes: [{name: files, persistentVolumeClaim: {claimName: " +
         claim_name + "}}]\n";
}

TEST(ClaimNotFound, ALoneFileProvesNothing) {
  ProjectScope lone;
  lone.lone_files = true;
  const Index index = testing::project(
      {{"wiki.yaml", claim("wiki-files") + "---\n" + user("wiki-file")}}, Options{}, lone);
  EXPECT_THAT(run(kClaimNotFound, index),
              ElementsAre("warning: volume \"files\" of StatefulSet \"wiki\" uses claim "
                          "\"wiki-file\", which nothing in this file makes: its pods stay Pending "
                          "until it exists"));
}

TEST(ClaimNotFound, LiveObjectsHaveTheirClaimsElsewhere) {
  const Index index = testing::project(
      {{"wiki.yaml", user("files", ", uid: 6ad6f6f6-0000-4000-8000-000000000000")}});
  EXPECT_THAT(run(kClaimNotFound, index), IsEmpty());
}

TEST(ClaimNotFound, ANearNameOfAnotherApplicationIsNoSlip) {
  const Index index = testing::project(
      {{"blog/claim.yaml", claim("wiki-files")}, {"wiki/wiki.yaml", user("wiki-file")}});
  EXPECT_THAT(run(kClaimNotFound, index),
              ElementsAre("warning: volume \"files\" of StatefulSet \"wiki\" uses claim "
                          "\"wiki-file\", which nothing in this project makes: its pods stay "
                          "Pending until it exists"));
}

TEST(SharedRwoClaim, TheNearestClaimIsJudged) {
  const Index index = testing::project({{"prod/claim.yaml", claim("files", "ReadWriteMany")},
                                        {"prod/wiki.yaml", user("files")},
                                        {"dev/claim.yaml", claim("files")},
                                        {"dev/wiki.yaml", user("files")}});
  EXPECT_THAT(
      run(kSharedRwoClaim, index),
      ElementsAre("warning: all 2 replicas of StatefulSet \"wiki\" share claim \"files\", "
                  "which is ReadWriteOnce: pods on other nodes than the first cannot attach "
                  "it"));
}

TEST(VctClassEmpty, VolumesAreSeldomInTheSetsOwnFile) {
  const std::string set =
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  template: {spec: "
      "{containers: [{name: db}]}}\n  volumeClaimTemplates:\n    - metadata: {name: data}\n      "
      "spec: {accessModes: [ReadWriteOnce], storageClassName: \"\", resources: {requests: "
      "{storage: "
      "1Gi}}}\n";
  ProjectScope lone;
  lone.lone_files = true;
  EXPECT_THAT(run(kVctClassEmpty, testing::project({{"db.yaml", set}}, Options{}, lone)),
              IsEmpty());
  EXPECT_EQ(run(kVctClassEmpty, testing::project({{"db.yaml", set}})).size(), 1U);
}

}  // namespace
}  // namespace sts::lint
