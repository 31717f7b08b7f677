#include "kube/object/tree.h"

#include "kube/object/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Tree> read(std::string text) {
  const auto documents =
      read_documents(std::make_shared<const SourceFile>("x.yaml", std::move(text)));
  EXPECT_EQ(documents.size(), 1U);
  const auto tree = documents.empty() ? nullptr : documents.front().tree;
  EXPECT_NE(tree, nullptr);
  return tree;
}

std::string_view written(const Tree& tree, ByteRange range) {
  return tree.source().bytes().substr(range.begin, range.end - range.begin);
}

std::vector<std::string> keys(const Value& mapping) {
  std::vector<std::string> out;
  for (const Entry& entry : mapping.entries()) out.emplace_back(entry.key.text());
  return out;
}

TEST(Value, WalksMappingsAndSequences) {
  const auto tree = read("spec:\n  ports:\n    - port: 80\n      name: web\n    - port: 81\n");
  const Value ports = tree->root().get("spec", "ports");
  ASSERT_TRUE(ports.is_sequence());
  EXPECT_EQ(ports.size(), 2U);
  std::vector<std::int64_t> numbers;
  for (const Value port : ports.items()) numbers.push_back(*port.get("port").integer());
  EXPECT_THAT(numbers, ElementsAre(80, 81));
  EXPECT_FALSE(tree->root().get("spec", "ports", "port").exists());
  EXPECT_FALSE(tree->root().get("nowhere", "ports").exists());
}

TEST(Value, AnAbsentValueAnswersEverything) {
  const Value none;
  EXPECT_FALSE(none.exists());
  EXPECT_FALSE(none);
  EXPECT_FALSE(none.is_null());
  EXPECT_EQ(none.text(), "");
  EXPECT_EQ(none.size(), 0U);
  EXPECT_EQ(none.entries().size(), 0U);
  EXPECT_EQ(none.items().begin(), none.items().end());
  EXPECT_EQ(none.string(), std::nullopt);
  EXPECT_EQ(none.integer(), std::nullopt);
  EXPECT_EQ(none.boolean(), std::nullopt);
  EXPECT_EQ(none.pointer(), "");
  EXPECT_FALSE(none.get("x").exists());
}

TEST(Value, NullIsThereButFalse) {
  const auto tree = read("a:\nb: ~\nc: null\nd: \"\"\ne: 0\n");
  for (const char* key : {"a", "b", "c"}) {
    EXPECT_TRUE(tree->root().get(key).exists()) << key;
    EXPECT_FALSE(tree->root().get(key)) << key;
  }
  EXPECT_TRUE(tree->root().get("d"));
  EXPECT_TRUE(tree->root().get("e"));
}

TEST(Value, TypedReads) {
  const auto tree = read(
      "s: text\nnum: 0755\nq: \"5\"\nb: yes\nf: 3.0\nt: !!str 5\ni: !!int \"7\"\nz: 08\nx: 1.5\n");
  const Value root = tree->root();
  EXPECT_EQ(root.get("s").string(), "text");
  EXPECT_EQ(root.get("num").integer(), 493);
  EXPECT_EQ(root.get("num").string(), std::nullopt);
  EXPECT_EQ(root.get("q").string(), "5");
  EXPECT_EQ(root.get("q").integer(), std::nullopt);
  EXPECT_EQ(root.get("b").boolean(), true);
  EXPECT_EQ(root.get("f").type(), ScalarType::kFloat);
  EXPECT_EQ(root.get("f").integer(), 3);
  EXPECT_EQ(root.get("z").integer(), 8);
  EXPECT_EQ(root.get("x").integer(), std::nullopt);
  EXPECT_EQ(root.get("t").string(), "5");
  EXPECT_EQ(root.get("i").integer(), 7);
}

TEST(Value, RangesOfEveryStyle) {
  const auto tree = read(
      "p: plain text\nd: \"dou\\nble\"\ns: 'sin''gle'\nl: |-\n  one\n  two\n\nm: [a, {b: c}]\n"
      "tag: &x !!str tagged\nw: words\n  go on\ne:\nz:\n  k: v\n");
  const auto range_of = [&](const char* key) {
    return written(*tree, tree->root().get(key).range());
  };
  EXPECT_EQ(range_of("p"), "plain text");
  EXPECT_EQ(range_of("d"), "\"dou\\nble\"");
  EXPECT_EQ(range_of("s"), "'sin''gle'");
  EXPECT_EQ(range_of("l"), "|-\n  one\n  two");
  EXPECT_EQ(range_of("m"), "[a, {b: c}]");
  EXPECT_EQ(range_of("tag"), "tagged");
  EXPECT_EQ(range_of("w"), "words\n  go on");
  EXPECT_EQ(range_of("e"), "");
  EXPECT_EQ(range_of("z"), "k: v");
  EXPECT_EQ(written(*tree, tree->root().get("z").key_range()), "z");
  EXPECT_EQ(tree->root().get("e").span().begin, (Position{12, 3}));
  EXPECT_EQ(tree->root().get("d").text(), "dou\nble");
  EXPECT_EQ(tree->root().get("s").text(), "sin'gle");
  EXPECT_EQ(tree->root().get("l").text(), "one\ntwo");
  EXPECT_EQ(tree->root().get("w").text(), "words go on");
}

TEST(Value, RangesCountBytesBehindOtherScripts) {
  const auto tree = read("ключ: значение\n名前: \"値\"\nlast: ünï # ¶\nend: x\n");
  EXPECT_EQ(written(*tree, tree->root().get("ключ").range()), "значение");
  EXPECT_EQ(written(*tree, tree->root().get("名前").range()), "\"値\"");
  EXPECT_EQ(written(*tree, tree->root().get("last").range()), "ünï");
  EXPECT_EQ(written(*tree, tree->root().get("end").range()), "x");
  EXPECT_EQ(tree->root().get("名前").span(), (Span{{2, 5}, {2, 8}}));
}

TEST(Value, KeysAreThoseOfTheJson) {
  const auto tree = read("y: 1\n\"y\": 2\n0x10: 3\n~x: 4\n");
  EXPECT_EQ(tree->root().get("true").integer(), 1);
  EXPECT_EQ(tree->root().get("y").integer(), 2);
  EXPECT_EQ(tree->root().get("16").integer(), 3);
  EXPECT_EQ(written(*tree, tree->root().get("16").key_range()), "0x10");
}

TEST(Value, OfDuplicateKeysTheLastCounts) {
  const auto tree = read("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(tree->root().get("a").integer(), 3);
  EXPECT_THAT(keys(tree->root()), ElementsAre("b", "a"));
  EXPECT_EQ(tree->root().size(), 2U);
}

TEST(Value, OfDuplicateKeysTheLastCountsInLargeMappings) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "k" + std::to_string(i % 60) + ": " + std::to_string(i) + "\n";
  const auto tree = read(text);
  EXPECT_EQ(tree->root().size(), 60U);
  EXPECT_EQ(tree->root().get("k3").integer(), 63);
}

TEST(Value, AliasesShowTheAnchorAndSitWhereTheyStand) {
  const auto tree = read("a: &x {k: v}\nb: *x\nc: [*x]\n");
  const Value alias = tree->root().get("b");
  EXPECT_EQ(alias.get("k").text(), "v");
  EXPECT_EQ(written(*tree, alias.range()), "*x");
  EXPECT_EQ(written(*tree, alias.key_range()), "b");
  EXPECT_EQ(alias.pointer(), "/b");
  EXPECT_EQ(alias, tree->root().get("a"));
  EXPECT_EQ((*tree->root().get("c").items().begin()).get("k").text(), "v");
  EXPECT_EQ(written(*tree, alias.get("k").range()), "v");
}

TEST(Value, MergesAsGoYamlDoes) {
  // What sigs.k8s.io/yaml 1.4.0 and 1.6.0 make of them: the text's order decides.
  const auto tree = read(
      "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\n"
      "before: {<<: *x, a: 9}\n"
      "after: {a: 9, <<: *x}\n"
      "list: {<<: [*x, *y]}\n"
      "inline: {<<: {d: 5}}\n"
      "quoted: {\"<<\": *x}\n"
      "nested: &n {<<: *x, e: 6}\n"
      "deep: {<<: *n}\n");
  const auto number = [&](const char* where, const char* key) {
    return tree->root().get(where, key).integer();
  };
  EXPECT_EQ(number("before", "a"), 9);
  EXPECT_EQ(number("before", "b"), 2);
  EXPECT_EQ(number("after", "a"), 1);
  EXPECT_EQ(number("list", "b"), 2);
  EXPECT_EQ(number("list", "c"), 4);
  EXPECT_EQ(number("inline", "d"), 5);
  EXPECT_EQ(number("deep", "a"), 1);
  EXPECT_EQ(number("deep", "e"), 6);
  EXPECT_THAT(keys(tree->root().get("before")), ElementsAre("b", "a"));
  EXPECT_THAT(keys(tree->root().get("list")), ElementsAre("c", "a", "b"));
  EXPECT_THAT(keys(tree->root().get("quoted")), ElementsAre("<<"));
  EXPECT_FALSE(tree->root().get("quoted", "a").exists());
  EXPECT_FALSE(tree->root().get("before", "<<").exists());
}

TEST(Value, PointersAreRfc6901) {
  const auto tree = read("a:\n  - x\n  - b/c: {d~e: 1}\n    '': 2\nf: g\n");
  const Value root = tree->root();
  EXPECT_EQ(root.pointer(), "");
  EXPECT_EQ(root.get("f").pointer(), "/f");
  auto item = root.get("a").items().begin();
  EXPECT_EQ((*item).pointer(), "/a/0");
  ++item;
  EXPECT_EQ((*item).get("b/c").pointer(), "/a/1/b~1c");
  EXPECT_EQ((*item).get("b/c", "d~e").pointer(), "/a/1/b~1c/d~0e");
  EXPECT_EQ((*item).get("").pointer(), "/a/1/");
  const Entries entries = root.entries();
  EXPECT_EQ(entries.begin()[1].key.pointer(), "/f");
}

TEST(Value, Placeholders) {
  for (const char* text :
       {"{{ .Values.name }}", "db-{{ .x }}", "{% x %}", "${NAME}", "a-${NAME:-b}", "@NAME@",
        "a@NAME@b", "##NAME##", "<NAME>", "<your name>", "<cluster-id>.example.com", "$(NAME)"}) {
    const auto tree = read("v: '" + std::string(text) + "'\n");
    EXPECT_TRUE(tree->root().get("v").is_placeholder()) << text;
    EXPECT_EQ(tree->root().get("v").string(), std::nullopt) << text;
  }
  for (const char* text :
       {"a", "$NAME", "{}",    "{a}",   "a@b.c", "@",  "@@", "# x", "##",   "###",
        "<", "< a",   "a < b", "x > y", "<>",    "{{", "${", "$(",  "100%", "a@b@"}) {
    const auto tree = read("v: '" + std::string(text) + "'\n");
    const bool expected = std::string_view(text) == "a@b@";
    EXPECT_EQ(tree->root().get("v").is_placeholder(), expected) << text;
  }
  const auto tree = read("v: $(NAME)\nw: ${NAME}\n");
  EXPECT_FALSE(tree->root().get("v").is_placeholder(true));
  EXPECT_TRUE(tree->root().get("w").is_placeholder(true));
}

TEST(Value, HashPlaceholdersAreValues) {
  const auto tree = read("image: ##REPO##:##TAG##\nplain: ## a comment\nnext: 1\n");
  const Value image = tree->root().get("image");
  EXPECT_EQ(image.text(), "##REPO##:##TAG##");
  EXPECT_TRUE(image.is_placeholder());
  EXPECT_EQ(image.span(), (Span{{1, 8}, {1, 24}}));
  EXPECT_TRUE(tree->root().get("plain").is_null());
}

// Large trees find pointers by a table, small ones by a search.
TEST(Value, PointersOfALargeTreeAreThoseOfASmallOne) {
  const std::string head = "a~b/c: [x, {k: [y, z]}]\nd: &d {e: 1}\nf: *d\ng: [*d, ~]\n";
  std::string more;
  for (int i = 0; i < 2000; ++i) more += "- {name: v" + std::to_string(i) + "}\n";
  const auto small = read(head + "h:\n- {name: v0}\n");
  const auto large = read(head + "h:\n" + more);
  std::vector<std::string> expected;
  std::vector<std::string> found;
  const auto collect = [](Value value, std::vector<std::string>& out, const auto& self) -> void {
    out.push_back(value.pointer());
    for (const Value item : value.items()) self(item, out, self);
    for (const Entry& entry : value.entries()) {
      out.push_back(entry.key.pointer());
      self(entry.value, out, self);
    }
  };
  collect(small->root(), expected, collect);
  collect(large->root(), found, collect);
  ASSERT_GT(found.size(), expected.size());
  found.resize(expected.size());
  EXPECT_EQ(found, expected);
  EXPECT_THAT(expected, testing::Contains("/a~0b~1c/1/k/1"));

  // Asked for every item: quadratic, were each pointer searched for.
  std::string wide = "items:\n";
  constexpr int kMany = 50'000;
  for (int i = 0; i < kMany; ++i) wide += "- x\n";
  const auto tree = read(wide);
  int number = 0;
  for (const Value item : tree->root().get("items").items()) {
    ASSERT_EQ(item.pointer(), "/items/" + std::to_string(number++));
  }
  EXPECT_EQ(number, kMany);
}

TEST(Value, MappingsWithAndWithoutDuplicatesReadAlike) {
  const auto plain = read("a: 1\nb: 2\n");
  EXPECT_EQ(plain->root().size(), 2U);
  EXPECT_EQ(plain->root().get("b").text(), "2");
  EXPECT_EQ(plain->root().get("'b'").exists(), false);
  const auto twice = read("a: 1\nb: 2\n\"a\": 3\n");
  EXPECT_EQ(twice->root().size(), 2U);
  EXPECT_EQ(twice->root().get("a").text(), "3");
  const auto merged = read("base: &x {a: 1}\nmore: {a: 0, <<: *x, b: 2}\n");
  EXPECT_EQ(merged->root().get("more").size(), 2U);
  EXPECT_EQ(merged->root().get("more", "a").text(), "1");
}

}  // namespace
}  // namespace sts::kube
