#include "lint/suppress/ignores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What ignores do to findings is in testdata/rules/unused-ignore.
namespace sts::lint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> ids;
  for (const kube::ByteRange id : split_ids(text)) {
    ids.emplace_back(text.substr(id.begin, id.end - id.begin));
  }
  return ids;
}

TEST(SplitIds, TakesIdsUpToTheReason) {
  EXPECT_THAT(ids_in("a"), ElementsAre("a"));
  EXPECT_THAT(ids_in("a-b,STS103"), ElementsAre("a-b", "STS103"));
  EXPECT_THAT(ids_in(" a , b -- because of c,d"), ElementsAre("a", "b"));
  EXPECT_THAT(ids_in("a because"), ElementsAre("a"));
  EXPECT_THAT(ids_in("a,,b,"), ElementsAre("a", "b"));
  EXPECT_THAT(ids_in("-- only a reason"), IsEmpty());
  EXPECT_THAT(ids_in(""), IsEmpty());
}

// An ignore of service-not-found that ignores nothing says where it looked.
std::vector<std::string> unused_of(const std::string& bytes) {
  const auto source = std::make_shared<kube::SourceFile>("a.yaml", bytes);
  Ignores ignores;
  ignores.add_comments(source, kube::read_documents(source));
  std::vector<std::string> messages;
  for (const Finding& finding : ignores.unused({})) messages.push_back(finding.message);
  return messages;
}

TEST(IgnoreComments, HaveAScope) {
  const std::string mark = "# kubectl-sts: ignore=yaml-syntax\n";
  const std::string start = "ignore of yaml-syntax, which finds nothing ";
  EXPECT_THAT(unused_of("a: 1\nb: 2  " + mark), ElementsAre(start + "on this line"));
  EXPECT_THAT(unused_of("a: 1\n" + mark + "b: 2\n"), ElementsAre(start + "on this line"));
  EXPECT_THAT(unused_of(mark + "a: 1\n"), ElementsAre(start + "in this object"));
  EXPECT_THAT(unused_of("a: 1\n---\n" + mark + "\nb: 2\n"), ElementsAre(start + "in this object"));
  EXPECT_THAT(unused_of("a: 1\n" + mark + "---\nb: 2\n"), ElementsAre(start + "in this object"));
  EXPECT_THAT(unused_of("# head\n" + mark + "---\na: 1\n"), ElementsAre(start + "in this file"));
}

TEST(IgnoreComments, OfARunAllLeadToTheSameLine) {
  const std::string mark = "# kubectl-sts: ignore=yaml-syntax\n";
  const std::string start = "ignore of yaml-syntax, which finds nothing ";
  EXPECT_THAT(unused_of(mark + "\n" + mark + "---\n" + mark + "a: 1\n" + mark + mark + "b: 2\n"),
              ElementsAre(start + "in this file", start + "in this file", start + "in this object",
                          start + "on this line", start + "on this line"));
  std::string run;
  for (int i = 0; i < 3000; ++i) run += mark;
  EXPECT_EQ(unused_of(run + "a: 1\n"), std::vector(3000, start + "in this object"));
}

TEST(IgnoreComments, AreComments) {
  EXPECT_THAT(unused_of("a: x# kubectl-sts: ignore=yaml-syntax\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: kubectl-sts: ignore=yaml-syntax\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: 1 # kubectl-sts: nothing\n"), IsEmpty());
  EXPECT_EQ(unused_of("a: |\n  sh -c  ## kubectl-sts: ignore=yaml-syntax\n").size(), 1);
  EXPECT_EQ(unused_of("a: 1 #kubectl-sts:ignore=yaml-syntax\n").size(), 1);
}

}  // namespace
}  // namespace sts::lint
