#include "lint/hosts/host_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  HostWords all(text);
  for (HostWord word; all.next(word);) {
    result.push_back(word.resolved(text, [](const HostVariable& variable) {
      return "<" + std::string(variable.inner) + ">";
    }));
  }
  return result;
}

TEST(HostWords, NamesAndVariablesWithoutAGap) {
  EXPECT_THAT(words("nc db-0.db 80"), ElementsAre("nc", "db-0.db", "80"));
  EXPECT_THAT(words("a=$(X).db,${Y}.b.$Z/`w`"), ElementsAre("a", "<X>.db", "<Y>.b.<Z>", "<w>"));
  EXPECT_THAT(words("_sql._tcp.db."), ElementsAre("_sql._tcp.db."));
}

TEST(HostWords, WhatIsNone) {
  EXPECT_THAT(words(""), IsEmpty());
  EXPECT_THAT(words("$ ` ( $("), IsEmpty());
}

}  // namespace
}  // namespace sts::lint
