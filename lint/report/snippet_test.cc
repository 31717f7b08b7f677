#include "lint/report/snippet.h"

#include <gtest/gtest.h>

#include <memory>

namespace sts::lint {
namespace {

// The snippet of `word` between so many other characters on its line.
Snippet snippet_of(const std::string& word, std::size_t before, std::size_t after) {
  std::string line;
  for (std::size_t i = 0; i < before; ++i) line += "é";
  const auto begin = static_cast<std::uint32_t>(line.size() + 5);
  line += word;
  for (std::size_t i = 0; i < after; ++i) line += "ü";
  auto source = std::make_shared<kube::SourceFile>("a.yaml", "a: 1\n" + line + "\nb: 2\n");
  const kube::ByteRange range{begin, begin + static_cast<std::uint32_t>(word.size())};
  return snippet({std::move(source), range}, Reader::kTerminal);
}

TEST(Snippet, OfALineOfAnyLengthIsTheSameWindow) {
  const Snippet expected = snippet_of("db-0.db", 500, 500);
  EXPECT_EQ(expected.line, 2U);
  EXPECT_EQ(expected.indent, 31U);
  EXPECT_EQ(expected.length, 7U);
  EXPECT_NE(expected.text.find("éédb-0.dbüü"), std::string::npos);
  EXPECT_TRUE(expected.text.starts_with("…é")) << expected.text;
  EXPECT_TRUE(expected.text.ends_with("ü…")) << expected.text;
  for (const std::size_t size : {1'023, 1'024, 1'025, 5'000, 100'000}) {
    const Snippet longer = snippet_of("db-0.db", size, size + 1);
    EXPECT_EQ(longer.text, expected.text) << size;
    EXPECT_EQ(longer.indent, expected.indent) << size;
    EXPECT_EQ(longer.length, expected.length) << size;
  }
}

TEST(Snippet, AtTheEndOfALongLineShowsMoreOfWhatComesBefore) {
  const Snippet expected = snippet_of("db-0.db", 500, 0);
  const Snippet longer = snippet_of("db-0.db", 50'000, 0);
  EXPECT_EQ(longer.text, expected.text);
  EXPECT_EQ(longer.indent, expected.indent);
  EXPECT_GT(longer.indent, 90U);
}

}  // namespace
}  // namespace sts::lint
