#include "kube/object/reader.h"

#include "kube/object/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::problems;
using testing::read;
using testing::trees;

TEST(ReadDocuments, SplitsOnSeparatorLines) {
  EXPECT_THAT(trees("a: 1\n---\nb: 2\n--- # comment\nc: 3\n---  \nd: 4\n"),
              ElementsAre(R"({"a":1})", R"({"b":2})", R"({"c":3})", R"({"d":4})"));
  EXPECT_THAT(problems("a: 1\n---\nb: 2\n--- # comment\nc: 3\n"), IsEmpty());
}

TEST(ReadDocuments, SplitsWithWindowsLineEnds) {
  EXPECT_THAT(trees("a: 1\r\n---\r\nb: x\r\n"), ElementsAre(R"({"a":1})", R"({"b":"x"})"));
  EXPECT_THAT(problems("a: 1\r\n---\r\nb: x\r\n"), IsEmpty());
}

TEST(ReadDocuments, DashesInsideOfABlockAreText) {
  EXPECT_THAT(trees("a: |\n  x\n  ---\n  y\nb: 1\n"), ElementsAre(R"({"a":"x\n---\ny\n","b":1})"));
}

TEST(ReadDocuments, NothingToRead) {
  for (const char* text : {"", "\n", "---\n", "---\n---\n", "# only a comment\n", "\xEF\xBB\xBF",
                           "---\n# comment\n---\n   \n", "  \t \n"}) {
    EXPECT_THAT(trees(text), IsEmpty()) << text;
  }
}

TEST(ReadDocuments, RangesLeaveTheSeparatorsOut) {
  const auto documents = read("---\na: 1\n---\nb: 2\n");
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].range, (ByteRange{4, 9}));
  EXPECT_EQ(documents[1].range, (ByteRange{13, 18}));
}

TEST(ReadDocuments, ABrokenDocumentLosesOnlyItself) {
  const std::string text = "a: 1\n---\nb: [\n---\nc: 3\n---\nd: \"x\n---\ne: 5\n";
  EXPECT_THAT(trees(text), ElementsAre(R"({"a":1})", "-", R"({"c":3})", "-", R"({"e":5})"));
  EXPECT_THAT(
      problems(text),
      ElementsAre("3:4-3:5 syntax: this \"[\" is not closed | close it with \"]\", or quote "
                  "the text if it is none",
                  "7:4-7:5 syntax: this quote is never closed | close it with \""));
}

TEST(ReadDocuments, TextBehindASeparator) {
  const std::string text = "a: 1\n--- text\nb: 2\n---foo\nc: 3\n";
  EXPECT_THAT(trees(text), ElementsAre(R"({"a":1})", R"({"b":2})", R"({"c":3})"));
  EXPECT_THAT(
      problems(text),
      ElementsAre(
          "2:5-2:9 separator: text after \"---\" on the same line: kubectl refuses the whole "
          "file | put it on a line of its own",
          "4:4-4:7 separator: text after \"---\" on the same line: kubectl refuses the whole "
          "file | put it on a line of its own"));
}

TEST(ReadDocuments, ASeparatorWithTextAndNothingElseIsStillTold) {
  EXPECT_THAT(trees("--- text"), ElementsAre("-"));
  EXPECT_THAT(
      problems("--- {a: 1}"),
      ElementsAre("1:5-1:11 separator: text after \"---\" on the same line: kubectl refuses "
                  "the whole file | put it on a line of its own"));
}

TEST(ReadDocuments, WhatFollowsTheEndOfADocumentIsLost) {
  EXPECT_THAT(trees("a: 1\n...\nb: 2\n"), ElementsAre(R"({"a":1})"));
  EXPECT_THAT(
      problems("a: 1\n...\nb: 2\n"),
      ElementsAre("3:1-3:5 dropped: the document ends before this; kubectl drops the rest of "
                  "it | begin a new document with a line \"---\""));
  EXPECT_THAT(
      problems("{a: 1} xyz\n"),
      ElementsAre("1:8-1:11 dropped: the document ends before this; kubectl drops the rest of "
                  "it | begin a new document with a line \"---\""));
  EXPECT_THAT(problems("a: 1\n...\n"), IsEmpty());
  EXPECT_THAT(problems("a: 1\n...\n# end\n"), IsEmpty());
}

TEST(ReadDocuments, DuplicateKeysAreToldWithTheirFirstPlace) {
  EXPECT_THAT(trees("a: 1\nb: 2\na: 3\n"), ElementsAre(R"({"b":2,"a":3})"));
  EXPECT_THAT(
      problems("a: 1\nb: 2\na: 3\n"),
      ElementsAre("3:1-3:2 duplicate: the key \"a\" stands here a second time; kubectl keeps "
                  "only the last | remove one of the two | 1:1-1:2 first \"a\""));
}

TEST(ReadDocuments, DuplicateKeysAreComparedAsKubectlWould) {
  EXPECT_EQ(problems("y: 1\n\"true\": 2\n").size(), 1U);
  EXPECT_EQ(problems("{\"a\": 1, 'a': 2, a: 3}\n").size(), 2U);
  EXPECT_EQ(problems("x: {k: 1}\nz: {k: 1}\n").size(), 0U);
  EXPECT_EQ(problems("a: &x {k: 1}\nb: {<<: *x, k: 2}\n").size(), 0U);
  EXPECT_EQ(problems("a: &x {k: 1}\nb: {<<: *x, <<: *x}\n").size(), 0U);
  std::string many;
  for (int i = 0; i < 50; ++i) many += "k" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(problems(many).size(), 0U);
  EXPECT_EQ(problems(many + "k7: 2\nk7: 3\n").size(), 2U);
}

TEST(ReadDocuments, ScalarsOfEverySort) {
  EXPECT_THAT(
      trees("- 0755\n- yes\n- None\n- ~\n- 12:30:45\n- \"5\"\n- !!str 5\n- !!int \"5\"\n- !x 5\n"
            "- 1_000\n- 08\n- '~'\n- |\n  5\n"),
      ElementsAre(R"([493,true,"None",null,"12:30:45","5","5",5,"5",1000,8,"~","5\n"])"));
}

TEST(ReadDocuments, NumbersThatJsonLacksAreRefused) {
  EXPECT_THAT(
      problems("a: -.Inf\n"),
      ElementsAre("1:4-1:9 syntax: the number -.Inf does not exist in JSON; kubectl refuses it "
                  "| quote it to make it a string"));
  EXPECT_THAT(problems("a: '.inf'\n.nan: x\nb: .5\n"), IsEmpty());
}

TEST(ReadDocuments, ABlockOfTextAtTheEndOfAFileEndsWithABreak) {
  EXPECT_THAT(trees("a: |\n  x"), ElementsAre(R"({"a":"x\n"})"));
  EXPECT_THAT(trees("a: >\n  x\n  y"), ElementsAre(R"({"a":"x y\n"})"));
  EXPECT_THAT(trees("a: |\n  x\n  "), ElementsAre(R"({"a":"x\n"})"));
  EXPECT_THAT(trees("a: |-\n  x"), ElementsAre(R"({"a":"x"})"));
  EXPECT_THAT(trees("a: |2- # why\n  x"), ElementsAre(R"({"a":"x"})"));
}

TEST(ReadDocuments, TagsMustFit) {
  EXPECT_THAT(
      problems("a: !!int foo\n"),
      ElementsAre("1:10-1:13 syntax: the tag !!int does not fit the value \"foo\" | remove the "
                  "tag or mend the value"));
  EXPECT_THAT(
      problems("a: !!null x\nb: 1\n"),
      ElementsAre("1:11-1:12 syntax: the tag !!null does not fit the value \"x\" | remove the "
                  "tag or mend the value"));
  EXPECT_THAT(problems("a: !!bool \"yes\"\nb: !!float 5\nc: !!null ~\n"), IsEmpty());
}

TEST(ReadDocuments, KeysMustBeScalars) {
  EXPECT_THAT(
      problems("[a]: x\n"),
      ElementsAre("1:1-1:2 syntax: a mapping or list stands where a key belongs | quote the "
                  "key, or put the braces behind the colon as a value"));
  EXPECT_THAT(
      problems("null: x\n"),
      ElementsAre("1:1-1:5 syntax: a key must not be null: \"null\" | quote it to make it a "
                  "string"));
  EXPECT_THAT(
      problems("a: 1\n: x\n"),
      ElementsAre("2:1-2:2 syntax: a key is expected here | write it as \"key: value\", or put "
                  "the text in quotes"));
  EXPECT_THAT(problems("?\n: x\n"),
              ElementsAre("1:2-1:2 syntax: a key is missing before the colon | write the key"));
  EXPECT_THAT(problems("99999999999999999999: x\n"), IsEmpty());
  EXPECT_THAT(
      problems("18446744073709551615: x\n"),
      ElementsAre("1:1-1:21 syntax: the number 18446744073709551615 is too large for a key | "
                  "quote it to make it a string"));
}

TEST(ReadDocuments, AliasesAsKeys) {
  EXPECT_THAT(trees("a: &k name\nb: {*k : 1}\n"), ElementsAre(R"({"a":"name","b":{"name":1}})"));
  EXPECT_THAT(
      problems("a: &k [x]\nb: {*k : 1}\n"),
      ElementsAre("2:5-2:7 syntax: the alias *k stands for a mapping or list, but is a key | "
                  "use a string as the key"));
}

TEST(ReadDocuments, BadAliases) {
  EXPECT_THAT(
      problems("a: *b\n"),
      ElementsAre("1:4-1:6 syntax: the alias *b names no anchor in this document | define &b "
                  "above it; anchors do not reach past ---"));
  EXPECT_THAT(
      problems("a: &b 1\n---\nc: *b\n"),
      ElementsAre("3:4-3:6 syntax: the alias *b names no anchor in this document | define &b "
                  "above it; anchors do not reach past ---"));
  EXPECT_THAT(problems("a: &x [*x]\n"),
              ElementsAre("1:8-1:10 syntax: the alias *x stands inside the value that it repeats | "
                          "move the alias out of &x"));
  EXPECT_THAT(trees("a: &x 1\nb: &x 2\nc: *x\n"), ElementsAre(R"({"a":1,"b":2,"c":2})"));
}

TEST(ReadDocuments, MergeKeysNeedMappings) {
  for (const char* text :
       {"<<: 5\n", "a: &x 1\n<<: *x\n", "<<: [{a: 1}, 2]\n", "a: &x [{b: 1}]\n<<: *x\n"}) {
    ASSERT_EQ(problems(text).size(), 1U) << text;
    EXPECT_THAT(
        problems(text)[0],
        ::testing::HasSubstr("syntax: the merge key << needs a mapping or a list of mappings "
                             "| point it at an anchored mapping, or quote it to make it an "
                             "ordinary key"));
  }
  EXPECT_THAT(problems("<<: []\n"), IsEmpty());
}

TEST(ReadDocuments, AnAliasBombIsRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 8; ++k) bomb += "," + before;
    bomb += "]\n";
  }
  EXPECT_THAT(problems(bomb),
              ElementsAre("6:10-6:13 syntax: the aliases of this document expand to "
                          "more than 100000 values | write the values out instead of "
                          "nesting aliases"));
  ReadOptions tight;
  tight.alias_budget = 10;
  EXPECT_EQ(problems("a: &x [1, 2, 3]\nb: [*x, *x, *x]\n", tight).size(), 1U);
  EXPECT_EQ(problems("a: &x [1, 2, 3]\nb: [*x, *x]\n", tight).size(), 0U);
}

TEST(ReadDocuments, DepthIsBounded) {
  const auto nest = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_THAT(problems(nest(kMaxDepth)), IsEmpty());
  EXPECT_THAT(
      problems(nest(kMaxDepth + 1)),
      ElementsAre("1:257-1:258 syntax: nested more than 256 levels deep | no Kubernetes object "
                  "nests this deep: check the brackets and the indentation"));
}

TEST(ReadDocuments, TenThousandLevelsAreRefusedWithoutHarm) {
  std::string dashes;
  std::string maps;
  std::string json;
  for (int i = 0; i < 10'000; ++i) {
    dashes += "- ";
    json += "{\"a\":";
  }
  for (std::size_t i = 0; i < 1'000; ++i) maps += std::string(i, ' ') + "a:\n";
  for (const std::string& text :
       {std::string(10'000, '['), std::string(10'000, '{'), dashes + "x", maps, json}) {
    const auto found = problems(text);
    ASSERT_EQ(found.size(), 1U) << text.substr(0, 20);
    EXPECT_THAT(found[0], ::testing::HasSubstr(" syntax: "));
  }
}

TEST(ReadDocuments, AliasesCountForTheDepth) {
  std::string text = "a0: &a0 {x: 1}\n";
  for (int i = 1; i < 300; ++i) {
    const std::string n = std::to_string(i);
    text += "a" + n + ": &a" + n + " {<<: *a" + std::to_string(i - 1) + "}\n";
  }
  EXPECT_THAT(
      problems(text),
      ElementsAre("256:18-256:23 syntax: with its aliases expanded this is nested more than "
                  "256 levels deep | write the values out instead of nesting aliases"));
}

TEST(ReadDocuments, DuplicatesOfOneDocumentAreToldUpToAHundred) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "a: 1\n";
  EXPECT_EQ(problems(text).size(), 100U);
}

TEST(ReadDocuments, UnwantedKindsAreSkippedUnread) {
  ReadOptions options;
  options.wanted = [](std::string_view kind) { return kind == "Service"; };
  EXPECT_THAT(trees("kind: Secret\na: [broken\n---\nkind: Service\n---\nnothing: 1\n---\n"
                    "kind: \"Secret\" # x\n---\nkind: Secret\nkind: Service\n---\n  kind: Secret\n",
                    options),
              ElementsAre("skipped", R"({"kind":"Service"})", R"({"nothing":1})", "skipped",
                          R"({"kind":"Service"})", R"({"kind":"Secret"})"));
  EXPECT_THAT(
      trees(
          R"({"kind":"Secret","x":[{"kind":"Service"}]} {"x":{"kind":"Secret"},"kind":"Service"})",
          options),
      ElementsAre("skipped", R"({"x":{"kind":"Secret"},"kind":"Service"})"));
}

TEST(ReadDocuments, TreesAreOfExactSize) {
  const auto documents = read("a: 1\nb: [x, y]\n");
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_EQ(documents[0].tree->size(), 7U);
}

}  // namespace
}  // namespace sts::kube
