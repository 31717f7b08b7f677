#include "kube/object/source_file.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

Position at(const SourceFile& file, std::uint32_t offset) { return file.position(offset); }

TEST(SourceFile, CountsLinesAndColumnsFromOne) {
  const SourceFile file("x.yaml", "a: 1\nbc: 2\n");
  EXPECT_EQ(at(file, 0), (Position{1, 1}));
  EXPECT_EQ(at(file, 3), (Position{1, 4}));
  EXPECT_EQ(at(file, 5), (Position{2, 1}));
  EXPECT_EQ(at(file, 9), (Position{2, 5}));
  EXPECT_EQ(file.span({5, 7}), (Span{{2, 1}, {2, 3}}));
}

TEST(SourceFile, ColumnsAreCodePoints) {
  const SourceFile file("x.yaml", "é: \xF0\x9F\x98\x80x\n\tt");
  EXPECT_EQ(at(file, 2), (Position{1, 2}));
  EXPECT_EQ(at(file, 8), (Position{1, 5}));
  EXPECT_EQ(at(file, 11), (Position{2, 2}));
}

TEST(SourceFile, AllLineBreaksCount) {
  const SourceFile file("x.yaml", "a\r\nb\rc\nd");
  EXPECT_EQ(at(file, 3), (Position{2, 1}));
  EXPECT_EQ(at(file, 5), (Position{3, 1}));
  EXPECT_EQ(at(file, 7), (Position{4, 1}));
  EXPECT_EQ(file.line(1), "a");
  EXPECT_EQ(file.line(2), "b");
  EXPECT_EQ(file.line(3), "c");
  EXPECT_EQ(file.line(4), "d");
  EXPECT_EQ(file.line_count(), 4U);
}

TEST(SourceFile, ALeadingByteOrderMarkHasNoWidth) {
  const SourceFile file("x.yaml",
                        "\xEF\xBB\xBF"
                        "a: 1\nb: 2\n");
  EXPECT_EQ(at(file, 0), (Position{1, 1}));
  EXPECT_EQ(at(file, 3), (Position{1, 1}));
  EXPECT_EQ(at(file, 4), (Position{1, 2}));
  EXPECT_EQ(at(file, 8), (Position{2, 1}));
  EXPECT_EQ(file.line(1), "a: 1");
}

TEST(SourceFile, PastTheEndIsTheEnd) {
  const SourceFile file("x.yaml", "a\n");
  EXPECT_EQ(at(file, 99), (Position{2, 1}));
  EXPECT_EQ(file.line(0), "");
  EXPECT_EQ(file.line(2), "");
  EXPECT_EQ(file.line(3), "");
  EXPECT_EQ(file.line_count(), 1U);
}

TEST(SourceFile, EmptyFile) {
  const SourceFile file("x.yaml", "");
  EXPECT_EQ(at(file, 0), (Position{1, 1}));
  EXPECT_EQ(file.line(1), "");
  EXPECT_EQ(file.line_count(), 1U);
}

TEST(SourceFile, ColumnsOfALongLineAreCountedInBlocks) {
  std::string text = "# first\n";
  constexpr std::uint32_t kMany = 200'000;
  for (std::uint32_t i = 0; i < kMany; ++i) text += "\u00E9x";  // three bytes, two code points
  const SourceFile file("x.yaml", text + "\nlast");
  for (std::uint32_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(at(file, 8 + 3 * i), (Position{2, 2 * i + 1}));
    ASSERT_EQ(at(file, 8 + 3 * i + 2), (Position{2, 2 * i + 2}));
  }
  EXPECT_EQ(at(file, 8 + 3 * kMany + 2), (Position{3, 2}));
}

}  // namespace
}  // namespace sts::kube
