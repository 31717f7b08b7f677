#include "kube/object/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace sts::kube {
namespace {

/// What the source shows, up to the line's end, where text() shows `needle`.
std::string source_at(std::string yaml, std::string_view needle) {
  const auto documents =
      read_documents(std::make_shared<const SourceFile>("x.yaml", std::move(yaml)));
  if (documents.size() != 1 || !documents.front().tree) return "unreadable";
  const Tree& tree = *documents.front().tree;
  const Value value = tree.root().get("a");
  const std::size_t at = value.text().find(needle);
  if (at == std::string_view::npos) return "not in the text";
  const std::string_view source = tree.source().bytes().substr(value.source_offset(at));
  return std::string(source.substr(0, source.find('\n')));
}

TEST(SourceOffset, PlainAndQuotedOnOneLine) {
  EXPECT_EQ(source_at("a: one two\n", "two"), "two");
  EXPECT_EQ(source_at("a: 'one two'\n", "two"), "two'");
  EXPECT_EQ(source_at("a: \"one two\"\n", "two"), "two\"");
}

TEST(SourceOffset, BehindEscapes) {
  EXPECT_EQ(source_at("a: \"x\\ty\\u00e9z\\x41 two\"\n", "two"), "two\"");
  EXPECT_EQ(source_at("a: \"one\\ntwo\"\n", "\ntwo"), "\\ntwo\"");
  EXPECT_EQ(source_at("a: \"\\U0001F600two\"\n", "two"), "two\"");
  EXPECT_EQ(source_at("a: \"\\N\\_\\L\\P\\\\\\/two\"\n", "two"), "two\"");
  EXPECT_EQ(source_at("a: 'it''s two'\n", "two"), "two'");
  EXPECT_EQ(source_at("{\"a\": \"\\ud83d\\ude00two\"}", "two"), "two\"}");
}

TEST(SourceOffset, FlowScalarsOfSeveralLines) {
  EXPECT_EQ(source_at("a: one\n  two\n\n  three four\n", "four"), "four");
  EXPECT_EQ(source_at("a: one\n  two\n\n  three four\n", "two"), "two");
  EXPECT_EQ(source_at("a: \"one\n  two\n\n  three\\\n   four\"\n", "four"), "four\"");
  EXPECT_EQ(source_at("a: 'one\r\n  two'\r\n", "two"), "two'\r");
}

TEST(SourceOffset, LiteralBlocks) {
  const std::string yaml = "a: |\n    one\n\n      two  three\n    four\n";
  EXPECT_EQ(source_at(yaml, "one"), "one");
  EXPECT_EQ(source_at(yaml, "two"), "two  three");
  EXPECT_EQ(source_at(yaml, "three"), "three");
  EXPECT_EQ(source_at(yaml, "four"), "four");
  EXPECT_EQ(source_at("a: |2-\n    one\n  two\n", "two"), "two");
  EXPECT_EQ(source_at("a: | # why\n  one\n", "one"), "one");
  EXPECT_EQ(source_at("a: |\r\n  one\r\n  two\r\n", "two"), "two\r");
}

TEST(SourceOffset, FoldedBlocks) {
  EXPECT_EQ(source_at("a: >-\n  one\n  two three\n\n  four\n", "three"), "three");
  EXPECT_EQ(source_at("a: >-\n  one\n  two three\n\n  four\n", "four"), "four");
}

TEST(SourceOffset, PastTheEndStaysInside) {
  const auto documents = read_documents(
      std::make_shared<const SourceFile>("x.yaml", "a: |\n  one\nb: \"\\n\"\nc: d\n"));
  const Value root = documents.front().tree->root();
  for (const char* key : {"a", "b", "c"}) {
    const Value value = root.get(key);
    EXPECT_LE(value.source_offset(1000), value.range().end) << key;
    EXPECT_GE(value.source_offset(1000), value.range().begin) << key;
  }
}

}  // namespace
}  // namespace sts::kube
