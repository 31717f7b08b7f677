#include "lint/hosts/xml_text.h"

#include <gtest/gtest.h>

namespace sts::lint {
namespace {

std::string_view name(std::string_view text) { return XmlText(text).name_of(text.find("db-0")); }

TEST(XmlText, TheElementAroundAValue) {
  EXPECT_EQ(name("<host>db-0.db</host>"), "host");
  EXPECT_EQ(name("<host port=\"1\">\n  db-0.db</host>"), "host");
  EXPECT_EQ(name("<name>zk.quorum</name>\n<value>db-0.db</value>"), "zk.quorum");
  EXPECT_EQ(name("<name>a</name></property><value>db-0.db</value>"), "");
  EXPECT_EQ(name("host=db-0.db"), "");
  EXPECT_EQ(name("a > db-0"), "");
  EXPECT_EQ(name("db-0"), "");
}

TEST(XmlText, Comments) {
  XmlText text("a <!-- b --> c <!-- d");
  EXPECT_FALSE(text.in_comment(0));
  EXPECT_TRUE(text.in_comment(7));
  EXPECT_FALSE(text.in_comment(13));
  EXPECT_TRUE(text.in_comment(20));
}

}  // namespace
}  // namespace sts::lint
