#include "lint/change/compare.h"

#include "kube/object/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>
#include <memory>

namespace sts::lint {
namespace {

using As = FieldView::As;

class Compare : public testing::Test {
 protected:
  // The paths that differ, and "?" where something is not known.
  std::vector<std::string> paths(const std::string& before, const std::string& after,
                                 const FieldViews& views = nullptr) {
    const kube::Value old = read(before);
    const kube::Value now = read(after);
    const Comparison compared = views ? compare(old, now, views) : compare(old, now);
    std::vector<std::string> found;
    for (const Difference& difference : compared.differences) found.push_back(difference.path);
    if (compared.unknown) found.emplace_back("?");
    return found;
  }

 private:
  // The value of `v:`, or nothing for an empty text.
  kube::Value read(const std::string& text) {
    if (text.empty()) return {};
    const auto source = std::make_shared<kube::SourceFile>("test.yaml", "v: " + text + "\n");
    documents_.push_back(kube::read_documents(source, {}));
    return documents_.back().front().tree->root().get("v");
  }

  std::list<std::vector<kube::Document>> documents_;
};

TEST_F(Compare, TheOrderOfKeysDoesNotCountThatOfItemsDoes) {
  EXPECT_THAT(paths("{a: 1, b: 2}", "{b: 2, a: 1}"), testing::IsEmpty());
  EXPECT_THAT(paths("[a, b]", "[b, a]"), testing::ElementsAre("/0", "/1"));
}

TEST_F(Compare, NamesTheOutermostPlaceThatDiffers) {
  EXPECT_THAT(paths("{a: {b: 1, c: 2}}", "{a: {b: 1, c: 3}}"), testing::ElementsAre("/a/c"));
  EXPECT_THAT(paths("{a: {b: 1}}", "{}"), testing::ElementsAre(""));
  EXPECT_THAT(paths("{x: 1, a: {b: 1}}", "{x: 1}"), testing::ElementsAre("/a"));
  EXPECT_THAT(paths("[1, 2]", "[1]"), testing::ElementsAre(""));
}

TEST_F(Compare, AnEmptyContainerIsNone) {
  EXPECT_THAT(paths("{a: 1, b: []}", "{a: 1, c: {}}"), testing::IsEmpty());
  EXPECT_THAT(paths("", "null"), testing::IsEmpty());
}

TEST_F(Compare, ScalarsByValue) {
  EXPECT_THAT(paths("0x10", "16"), testing::IsEmpty());
  EXPECT_THAT(paths("yes", "true"), testing::IsEmpty());
  EXPECT_THAT(paths("a", "'a'"), testing::IsEmpty());
  EXPECT_THAT(paths("a", "b"), testing::ElementsAre(""));
}

TEST_F(Compare, QuantitiesByValueWhereTheFieldIsOne) {
  const FieldViews quantity = [](std::string_view) { return FieldView{As::kQuantity, {}}; };
  EXPECT_THAT(paths("{storage: 1Gi}", "{storage: 1024Mi}", quantity), testing::IsEmpty());
  EXPECT_THAT(paths("{storage: 1Gi}", "{storage: 1024Mi}"), testing::ElementsAre("/storage"));
  EXPECT_THAT(paths("{storage: 1Gi}", "{storage: 2Gi}", quantity),
              testing::ElementsAre("/storage"));
}

TEST_F(Compare, ADefaultIsWhatIsLeftOut) {
  const FieldViews views = [](std::string_view path) {
    return path == "/mode" ? FieldView{As::kValue, "Filesystem"} : FieldView{};
  };
  EXPECT_THAT(paths("{a: 1}", "{a: 1, mode: Filesystem}", views), testing::IsEmpty());
  EXPECT_THAT(paths("{a: 1}", "{a: 1, mode: Block}", views), testing::ElementsAre("/mode"));
}

TEST_F(Compare, IgnoredFieldsAndPlaceholders) {
  const FieldViews views = [](std::string_view path) {
    return path == "/status" ? FieldView{As::kIgnored, {}} : FieldView{};
  };
  EXPECT_THAT(paths("{a: 1, status: {b: 1}}", "{a: 1}", views), testing::IsEmpty());
  EXPECT_THAT(paths("{a: 1}", "{a: '${A}'}"), testing::ElementsAre("?"));
}

}  // namespace
}  // namespace sts::lint
