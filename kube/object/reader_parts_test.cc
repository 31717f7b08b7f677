#include "kube/object/reader.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

// Where each document lies, what it is called and what is wrong with it.
std::vector<std::string> read(const std::string& text, std::uint32_t part_size) {
  ReadOptions options;
  options.part_size = part_size;
  std::vector<std::string> documents;
  for (const Document& document :
       read_documents(std::make_shared<const SourceFile>("a.yaml", text), options)) {
    std::string said =
        std::to_string(document.range.begin) + "-" + std::to_string(document.range.end) + " ";
    if (document.tree) said += document.tree->root().get("name").text();
    for (const Problem& problem : document.problems) said += "; " + problem.message;
    documents.push_back(std::move(said));
  }
  return documents;
}

TEST(ReadDocuments, PartsMakeNoDifference) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += "name: d" + std::to_string(i) + (i % 7 == 0 ? "\nlist: [\n" : "\n") + "---\n";
  }
  const std::vector<std::string> whole = read(text, 1U << 20);
  EXPECT_EQ(whole.size(), 200U);
  EXPECT_EQ(read(text, 1), whole);
  EXPECT_EQ(read(text, 1000), whole);
}

}  // namespace
}  // namespace sts::kube
