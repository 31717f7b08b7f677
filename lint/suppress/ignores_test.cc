#include "lint/suppress/ignores.h"

#include "lint/suppress/directive.h"

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

TEST(SplitIds, TakesLinesToo) { EXPECT_THAT(ids_in("a\nb, c\n"), ElementsAre("a", "b", "c")); }

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
  for (const Finding& finding : ignores.unused({}, true)) messages.push_back(finding.message);
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
  EXPECT_EQ(unused_of("a: x ## kubectl-sts: ignore=yaml-syntax\n").size(), 1);
  EXPECT_EQ(unused_of("a: 1 #kubectl-sts:ignore=yaml-syntax\n").size(), 1);
}

TEST(IgnoreComments, AreNoPartOfAText) {
  const std::string mark = "# kubectl-sts: ignore=yaml-syntax";
  EXPECT_THAT(unused_of("a: \"x " + mark + "\"\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: 'x " + mark + "'\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: 'x\n  " + mark + "'\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: |\n  x " + mark + "\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: >\n  x\n  " + mark + "\nb: 1\n"), IsEmpty());
  EXPECT_THAT(unused_of("- &x \"x " + mark + "\"\n- *x\n"), IsEmpty());
  EXPECT_EQ(unused_of("a: | " + mark + "\n  x\n").size(), 1);
  EXPECT_EQ(unused_of("a: |\n  x\n" + mark + "\nb: 1\n").size(), 1);
  EXPECT_EQ(unused_of("a: \"x # y\" " + mark + "\n").size(), 1);
}

// Of what was not read, nobody knows whether it would have a finding.
TEST(IgnoreComments, AreNotJudgedInBrokenDocuments) {
  const std::string mark = "# kubectl-sts: ignore=service-not-found\n";
  EXPECT_THAT(unused_of("a: [ " + mark), IsEmpty());
  EXPECT_THAT(unused_of("{{ if x }}\na: 1 " + mark + "{{ end }}\n"), IsEmpty());
  EXPECT_THAT(unused_of("a: [ " + mark + "---\nb: 1 " + mark),
              ElementsAre("ignore of service-not-found, which finds nothing on this line"));
}

// What a comment in a manifest is told: "" for nothing.
std::string told(const std::string& comment) {
  const auto source = std::make_shared<kube::SourceFile>(
      "a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: x} " + comment + "\n");
  Ignores ignores;
  ignores.add_comments(source, kube::read_documents(source));
  std::string out;
  for (const Finding& finding : ignores.unused({}, false)) {
    const kube::ByteRange at = finding.place.range;
    out += std::string(source->bytes().substr(at.begin, at.end - at.begin)) + " | " +
           finding.message + " | " + finding.fix + "\n";
  }
  return out;
}

constexpr const char* kRight = "# kubectl-sts: ignore=service-not-found\n";

TEST(MisspeltIgnores, AreToldOf) {
  const std::string nothing = " | this ignores nothing: ";
  const std::string begins = nothing + "an ignore begins with \"kubectl-sts:\" | " + kRight;
  const std::string sign = nothing + "\"ignore\" is followed by \"=\", without spaces | " + kRight;
  const auto check = [](const std::string& written, const std::string& said) {
    EXPECT_EQ(told("# " + written), written + said);
    EXPECT_EQ(told("#" + written), written + said);
  };
  check("kubectl-sts: ignore: service-not-found", sign);
  check("kubectl-sts: ignore service-not-found", sign);
  check("kubectl-sts: ignore = service-not-found", sign);
  check("kubectl-sts: ignore(service-not-found", sign);
  check("kubectl-sts ignore=service-not-found", begins);
  check("kubectl-sts:ignore: service-not-found", sign);
  check("kubectl-sts/ignore: service-not-found", begins);
  check("kubectl-sts.io/ignore: service-not-found", begins);
  check("kubectl-sts : ignore=service-not-found", begins);
  check("kubectl sts ignore service-not-found", begins);
  check("kubectl-sts-lint: disable=service-not-found", begins);
  check("Kubectl-STS: ignore=service-not-found", begins);
  for (const std::string verb : {"disable", "ignores", "ingore", "Ignore", "ignore-next-line"}) {
    check("kubectl-sts: " + verb + "=service-not-found",
          nothing + "the word is \"ignore=\", not \"" + verb + "\" | " + kRight);
  }
}

TEST(MisspeltIgnores, FixesKeepIdsAndReason) {
  EXPECT_EQ(told("# kubectl-sts: ignore STS103 service-not-fond -- it comes later"),
            "kubectl-sts: ignore STS103 service-not-fond | this ignores nothing: \"ignore\" is "
            "followed by \"=\", without spaces | # kubectl-sts: "
            "ignore=STS103,service-not-found -- it comes later\n");
  EXPECT_EQ(told("# kubectl-sts: ignore this object"),
            "kubectl-sts: ignore | this ignores nothing: \"ignore\" is followed by \"=\", "
            "without spaces | # kubectl-sts: ignore=ID\n");
  for (const std::string ids : {"", " -- the operator"}) {
    EXPECT_EQ(told("# kubectl-sts: ignore=" + ids),
              "kubectl-sts: ignore= | this ignores nothing: it names no rule | # kubectl-sts: "
              "ignore=ID" +
                  ids + "\n");
  }
  EXPECT_EQ(told("# kubectl-sts: ignore=STS103 servicename-invalid"),
            "servicename-invalid | \"servicename-invalid\" is not ignored: ids are joined by "
            "commas | # kubectl-sts: ignore=STS103,servicename-invalid\n");
  EXPECT_EQ(told("# made later; kubectl-sts: ignore=STS103 -- why"),
            "kubectl-sts: ignore=STS103 | this ignores nothing: an ignore stands at the beginning "
            "of its comment | # kubectl-sts: ignore=STS103 -- why\n");
}

TEST(MisspeltIgnores, UnknownIdsGetTheNearest) {
  EXPECT_EQ(told("# kubectl-sts: ignore=Service_Not_Found"),
            "Service_Not_Found | no rule is called \"Service_Not_Found\" | service-not-found\n");
  EXPECT_EQ(told("# kubectl-sts: ignore=all"),
            "all | no rule is called \"all\" | kubectl sts explain lists the rules\n");
}

TEST(MisspeltIgnores, ProseIsLeftAlone) {
  for (const std::string prose :
       {"kubectl-sts: nothing", "kubectl-sts finds nothing here", "kubectl sts ignores such files",
        "kubectl-sts ignore works by id", "see kubectl-sts: ignore", "kubectl-stsx: ignore=STS103",
        "written as \"kubectl-sts: ignore=STS103\"", "kubectl-sts: ignore=STS103 service is late",
        "kubectl sts lint ignores STS103", "kubectl-sts ignores STS103",
        "kubectl get sts: ignore=STS103"}) {
    EXPECT_EQ(told("# " + prose), "") << prose;
  }
  EXPECT_EQ(told(kRight), "");
}

TEST(MisspeltIgnores, OnlyInManifests) {
  EXPECT_THAT(unused_of("hooks: [] # kubectl-sts: ignore service-not-found\n"), IsEmpty());
}

TEST(MisspeltKeys, AreTold) {
  for (const std::string key :
       {"Kubectl-sts/ignore", "kubectl-sts/Ignore", "kubectl-sts.io/ignore", "kubectl-sts/ignores",
        "kubectl-sts/ignored", "kubectl_sts/ignore", "kubectl-sts/disable", "kubectl-sts.ignore",
        "kubectl-sts-ignore", "kubectlsts/ignore", "kubectl-sts/ignore-rules"}) {
    EXPECT_TRUE(is_misspelt_key(key)) << key;
  }
  for (const std::string key : {"kubectl-sts/ignore", "kubectl-sts/paused", "kubectl-sts",
                                "kubectl.kubernetes.io/restartedAt", "kubectl-stsx/ignore", ""}) {
    EXPECT_FALSE(is_misspelt_key(key)) << key;
  }
}

}  // namespace
}  // namespace sts::lint
