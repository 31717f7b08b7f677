#include "kube/object/json_reader.h"

#include "kube/object/testing.h"
#include "kube/object/yaml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::check;

TEST(Json, ReadsObjectsAndStreams) {
  check({
      {"{\"a\": 1, \"b\": [true, null, \"x\\n\\u00e9\", -1.5e3, 3.0]}",
       {"{\"a\":1,\"b\":[true,null,\"x\\n\xC3\xA9\",-1500,3]}"},
       {}},
      {"{\"a\":1}{\"b\":2}\n {\"c\":3}\n", {"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"}, {}},
      {"{}", {"{}"}, {}},
      {"[1, {\"a\": 2}]", {"[1,{\"a\":2}]"}, {}},
      {"{\"a\":1}\n---\n{\"b\":2}\n", {"{\"a\":1}", "{\"b\":2}"}, {}},
      {"{\"a\":1}\n---\nb: 2\n", {"{\"a\":1}", "{\"b\":2}"}, {}},
      {"{\"a\":1}\n# end\n", {"{\"a\":1}"}, {}},
      {"{\"a\":1,\"b\":2,\"a\":3}",
       {"{\"b\":2,\"a\":3}"},
       {"1:14-1:17 duplicate: the key \"a\" stands here a second time; kubectl keeps only the last "
        "| remove one of the two | 1:2-1:5 first \"a\""}},
  });
}

TEST(Json, WhatIsNoJsonMayBeYaml) {
  check({
      {"{\"a\": 1,}\n", {"{\"a\":1}"}, {}},
      {"{\"a\": [1,2,]}\n", {"{\"a\":[1,2]}"}, {}},
      {"{\"a\": 1, b: 2}", {"{\"a\":1,\"b\":2}"}, {}},
      {"{\"a\": 'x'}", {"{\"a\":\"x\"}"}, {}},
      {"{\"a\": nul}", {"{\"a\":\"nul\"}"}, {}},
      {"{\"a\": 01}", {"{\"a\":1}"}, {}},
      {"{\"a\": 1e999}", {"{\"a\":\"1e999\"}"}, {}},
      {"{\"a\": \"x\ty\"}", {"{\"a\":\"x\ty\"}"}, {}},
      {"{a: 1, b: [x, y]}", {"{\"a\":1,\"b\":[\"x\",true]}"}, {}},
      {"{\"a\": [1 // x\n]}\n", {"{\"a\":[\"1 // x\"]}"}, {}},
      {"{\"a\": 1, b: 2} # x\n", {"{\"a\":1,\"b\":2}"}, {}},
  });
}

TEST(Json, SaysWhatIsWrong) {
  check({
      {"{\"a\": 1 \"b\": 2}",
       {"-"},
       {"1:9-1:12 syntax: a comma is missing before \"b\" | put one there"}},
      {"{\"a\": {\"b\": 1}\n",
       {"-"},
       {"1:1-1:2 syntax: this \"{\" is not closed | close it with \"}\""}},
      {"{\"a\": [1, 2\n",
       {"-"},
       {"1:7-1:8 syntax: this \"[\" is not closed | close it with \"]\""}},
      {"{\"a\": [1}",
       {"-"},
       {"1:9-1:10 syntax: \"}\" does not close the \"[\" | make the brackets match | 1:7-1:8 \"[\" "
        "opened here"}},
      {"{\"a\": \"x\n}",
       {"-"},
       {"1:7-1:8 syntax: this string holds a line break or another control character | close the "
        "string with \" on its own line, or write the break as \\n"}},
      {"{\"a\": \"xyz", {"-"}, {"1:7-1:8 syntax: this string is never closed | close it with \""}},
      {"{\"a\" 1}",
       {"-"},
       {"1:6-1:7 syntax: a colon is missing before \"1\" | put one between key and value"}},
      {"{\"a\": \"\\d\"}",
       {"-"},
       {"1:7-1:8 syntax: this string holds an escape that JSON does not know | write a backslash "
        "as \\\\"}},
  });
}

TEST(Json, HasNoComments) {
  const std::string told = ": JSON has no comments | delete it, or write YAML";
  const auto at = [&](const std::string& place) { return place + " syntax" + told; };
  check({
      {"{\n  // note\n  \"a\": 1\n}\n", {"-"}, {at("2:3-2:10")}},
      {"{\"a\": 1, // note\n \"b\": 2}\n", {"-"}, {at("1:10-1:17")}},
      {"{\"a\": /* one:\n note */ \"b\": 1}\n", {"-"}, {at("1:7-2:9")}},
      {"{\"a\": 1}\n// the end\n", {"{\"a\":1}", "-"}, {at("2:1-2:11")}},
      {"// first\n{\"a\": 1, \"b\": 2}\n", {"-"}, {at("1:1-1:9")}},
      {"{\"a\": 1, # of YAML\n \"b\": 2}\n", {"{\"a\":1,\"b\":2}"}, {}},
      {"{\"a\": \"x // y\"}\n", {"{\"a\":\"x // y\"}"}, {}},
  });
}

TEST(Json, HalvesOfCharacters) {
  const std::string told =
      " is one half of a character, and the other half does not follow | write the character "
      "itself";
  check({
      {R"({"a": "x\ud800"})", {"-"}, {"1:9-1:15 syntax: the escape \\ud800" + told}},
      {R"({"a": "\ud83d\ude00 \uDC01"})", {"-"}, {"1:21-1:27 syntax: the escape \\uDC01" + told}},
      {R"({"a": "\\ud800 \ud800\u0041"})", {"-"}, {"1:16-1:22 syntax: the escape \\ud800" + told}},
      {R"({"a": "\ud83d\ude00"})", {"{\"a\":\"\xF0\x9F\x98\x80\"}"}, {}},
  });
}

TEST(Json, ABrokenObjectLosesOnlyItself) {
  check({
      {"{\"a\":1},\n{\"b\":2},\n{\"c\":3}\n",
       {"{\"a\":1}", "-", "{\"b\":2}", "{\"c\":3}"},
       {"1:8-1:9 syntax: only another JSON object may follow a JSON object | remove this, or put "
        "the objects into the items of a List"}},
      {"{\"a\": \"x\" \"y\"}\n{\"b\":2}\n",
       {"-", "{\"b\":2}"},
       {"1:11-1:14 syntax: a comma is missing before \"y\" | put one there"}},
  });
}

TEST(Json, AQuoteThatFollowsANumberIsItsOwnToken) {
  EXPECT_EQ(
      testing::problems("{\"a\":1\"\r"),
      (std::vector<std::string>{
          "1:8-1:8 oddity: a lone carriage return ends this line; kubectl finds no --- after it | "
          "convert the file's line ends to \\n",
          "1:7-1:8 syntax: this string holds a line break or another control character | close "
          "the string with \" on its own line, or write the break as \\n"}));
}

TEST(Json, RangesAreThoseOfTheTokens) {
  const auto documents = testing::read("{ \"a\" : [ -1.5e3 , \"x\\n\" ] , \"b\":{\"c\":true}}");
  ASSERT_EQ(documents.size(), 1U);
  const Tree& tree = *documents[0].tree;
  const auto written = [&](ByteRange range) {
    return tree.source().bytes().substr(range.begin, range.end - range.begin);
  };
  const Value a = tree.root().get("a");
  EXPECT_EQ(written(a.key_range()), "\"a\"");
  EXPECT_EQ(written(a.range()), "[ -1.5e3 , \"x\\n\" ]");
  auto item = a.items().begin();
  EXPECT_EQ(written((*item).range()), "-1.5e3");
  ++item;
  EXPECT_EQ(written((*item).range()), "\"x\\n\"");
  EXPECT_EQ((*item).text(), "x\n");
  EXPECT_EQ(written(tree.root().get("b", "c").range()), "true");
  EXPECT_EQ(written(tree.root().get("b").range()), "{\"c\":true}");
}

TEST(Json, KeysAreStringsWhateverTheySay) {
  EXPECT_EQ(testing::trees(R"({"y": 1, "null": 2, "0x10": 3, "<<": 4})"),
            std::vector<std::string>{R"({"y":1,"null":2,"0x10":3,"<<":4})"});
}

// Every JSON text is YAML as well; both readers must make the same tree of it.
TEST(Json, BothReadersMakeTheSameTree) {
  for (
      const std::string& text : std::vector<std::string>{
          R"({"a": 1, "b": [true, false, null, -1.5e3, 3.0, "x\n\u00e9\t\"\\\/"], "c": {}, "d": []})",
          R"({"kind": "List", "items": [{"metadata": {"name": "web", "labels": {"app": "web"}}}, {}]})",
          "{\n  \"ключ\": \"значение\",\n  \"b\": [\n    1,\n    \"ü\"\n  ]\n}\n",
          R"({"y": "yes", "5": 5, "": "", "<<": {"a": 1}, "a": {"a": {"a": [[[0]]]}}})"}) {
    const ByteRange all{0, static_cast<std::uint32_t>(text.size())};
    const auto source = std::make_shared<const SourceFile>("x.json", text);
    TreeBuilder builder;
    builder.clear(text, 1000);
    ASSERT_TRUE(read_json(text, all, builder).read) << text;
    const auto json = builder.finish(source);
    builder.clear(text, 1000);
    ASSERT_TRUE(read_yaml(text, all, builder).read) << text;
    const auto yaml = builder.finish(source);
    ASSERT_EQ(json->size(), yaml->size()) << text;
    for (std::uint32_t i = 0; i < json->size(); ++i) {
      const Node& a = json->node(i);
      const Node& b = yaml->node(i);
      EXPECT_EQ(a.begin, b.begin) << text << i;
      EXPECT_EQ(a.end, b.end) << text << i;
      EXPECT_EQ(a.next, b.next) << text << i;
      EXPECT_EQ(a.kind, b.kind) << text << i;
      EXPECT_EQ(a.style, b.style) << text << i;
      EXPECT_EQ(json->text(i), yaml->text(i)) << text << i;
    }
  }
}

std::optional<JsonGlance> glance(std::string_view text) {
  return glance_at_json(text, {0, static_cast<std::uint32_t>(text.size())});
}

TEST(Json, AGlanceFindsKindAndEnd) {
  const std::string_view text = R"({"a":{"kind":"X"},"b":["kind","}"],"kind":"Y"} tail)";
  const auto seen = glance(text);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->kind, "Y");
  EXPECT_EQ(text.substr(seen->end), " tail");
}

TEST(Json, AGlanceLeavesWhatIsUnclearToTheParser) {
  for (const char* broken : {"{", "{\"kind\":\"X\"", "}", "{\"a", ""}) {
    EXPECT_FALSE(glance(broken)) << broken;
  }
  for (const char* unclear :
       {R"({"kind":"X","kind":"Y"})", R"({"kind":"\u0058"})", R"({"kind":5})", R"({"kind":["X"]})",
        R"({"kind":{"kind":"X"}})", R"({"a":"kind"})", R"({"kind":5,"a":"X"})"}) {
    ASSERT_TRUE(glance(unclear)) << unclear;
    EXPECT_FALSE(glance(unclear)->kind) << unclear;
  }
}

}  // namespace
}  // namespace sts::kube
