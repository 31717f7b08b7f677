#include "kube/semantics/names.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

TEST(Names, LabelsAreLowercaseAndHaveNoDots) {
  EXPECT_EQ(dns1123_label_problem("db-0"), "");
  EXPECT_EQ(dns1123_label_problem("0db"), "");
  EXPECT_EQ(dns1123_label_problem("my.db"), "must not contain dots");
  const std::string words =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
      "must start and end with an alphanumeric character";
  EXPECT_EQ(dns1123_label_problem("DB"), words);
  EXPECT_EQ(dns1123_label_problem("db-"), words);
  EXPECT_EQ(dns1123_label_problem("my_db"), words);
  EXPECT_EQ(dns1123_label_problem("My.DB"), words);
  EXPECT_EQ(dns1123_label_problem(""), words);
}

TEST(Names, LabelsEndAt63) {
  EXPECT_EQ(dns1123_label_problem(std::string(63, 'a')), "");
  EXPECT_EQ(dns1123_label_problem(std::string(64, 'a')), "must be no more than 63 characters");
}

TEST(Names, SubdomainsAreLabelsBetweenDots) {
  EXPECT_EQ(dns1123_subdomain_problem("node.agent-1"), "");
  EXPECT_NE(dns1123_subdomain_problem("node..agent"), "");
  EXPECT_NE(dns1123_subdomain_problem("node.-agent"), "");
  EXPECT_NE(dns1123_subdomain_problem("Node"), "");
  EXPECT_EQ(dns1123_subdomain_problem(std::string(254, 'a')),
            "must be no more than 253 characters");
}

TEST(Names, PortNames) {
  EXPECT_EQ(port_name_problem("http-2"), "");
  EXPECT_EQ(port_name_problem("a-very-long-port"), "must be no more than 15 characters");
  EXPECT_EQ(port_name_problem("8080"), "must contain at least one letter (a-z)");
  EXPECT_EQ(port_name_problem("a--b"), "must not contain consecutive hyphens");
  EXPECT_EQ(port_name_problem("http-"), "must not begin or end with a hyphen");
  EXPECT_EQ(port_name_problem("HTTP"),
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
}

TEST(Names, LabelValues) {
  EXPECT_EQ(label_value_problem(""), "");
  EXPECT_EQ(label_value_problem("v1.2_Final"), "");
  EXPECT_NE(label_value_problem("a b"), "");
  EXPECT_NE(label_value_problem("-a"), "");
  EXPECT_EQ(label_value_problem(std::string(64, 'a')), "must be no more than 63 characters");
}

TEST(Names, QualifiedNames) {
  EXPECT_EQ(qualified_name_problem("app.kubernetes.io/name"), "");
  EXPECT_EQ(qualified_name_problem("app"), "");
  EXPECT_EQ(qualified_name_problem("/app"), "prefix part must be non-empty");
  EXPECT_EQ(qualified_name_problem("app/"), "name part must be non-empty");
  EXPECT_NE(qualified_name_problem("a/b/c"), "");
  EXPECT_NE(qualified_name_problem("Example.com/a"), "");
}

}  // namespace
}  // namespace sts::kube
