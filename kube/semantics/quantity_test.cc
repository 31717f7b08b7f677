#include "kube/semantics/quantity.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::kube {
namespace {

Quantity quantity(std::string_view text) {
  const Result<Quantity> parsed = parse_quantity(text);
  EXPECT_TRUE(parsed.has_value()) << '"' << text << '"';
  return parsed.value_or(Quantity{});
}

TEST(Quantity, EqualValuesInDifferentSpellings) {
  const struct {
    const char* a;
    const char* b;
  } kCases[] = {
      {"1Gi", "1024Mi"},
      {"1Gi", "1073741824"},
      {"1.5Gi", "1536Mi"},
      {"0.5Gi", "512Mi"},
      {".5Gi", "512Mi"},
      {"1.Gi", "1Gi"},
      {"1G", "1000M"},
      {"1E", "1e18"},
      {"1e3", "1k"},
      {"1E3", "1000"},
      {"1e+3", "1000"},
      {"1e-3", "1m"},
      {"+5", "5"},
      {"0010", "10"},
      {"10.000", "10"},
      {"1000m", "1"},
      {"-0", "0"},
      {"0Gi", "0"},
      {"0.000", "0"},
      {" 10Gi ", "10Gi"},
      // Finer than a nano is rounded away from zero.
      {"0.1n", "1n"},
      {"1e-40", "1n"},
      {"-0.1n", "-1n"},
      {"1.9999999999", "2"},
      {"9.9999999991", "10"},
      // Binary suffixes are capped, decimal ones are not.
      {"8Ei", "9223372036854775807"},
      {"9000Ei", "8Ei"},
      {"-9000Ei", "-9223372036854775807"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
  };
  for (const auto& test : kCases) {
    EXPECT_TRUE(quantity(test.a) == quantity(test.b)) << test.a << " and " << test.b;
  }
}

TEST(Quantity, Order) {
  const char* kAscending[] = {"-2Gi", "-2G", "-1n", "0",   "1n",  "1u",  "1m",   "0.5",
                              "1",    "999", "1k",  "1Ki", "1M",  "1Mi", "1.9G", "2G",
                              "2Gi",  "1T",  "1Ti", "1E",  "1Ei", "8Ei", "10E",  "1e400"};
  for (std::size_t i = 0; i < std::size(kAscending); ++i) {
    for (std::size_t j = 0; j < std::size(kAscending); ++j) {
      EXPECT_EQ(quantity(kAscending[i]) < quantity(kAscending[j]), i < j)
          << kAscending[i] << " < " << kAscending[j];
      EXPECT_EQ(quantity(kAscending[i]) > quantity(kAscending[j]), i > j)
          << kAscending[i] << " > " << kAscending[j];
    }
  }
}

TEST(Quantity, Sign) {
  EXPECT_EQ(quantity("-5Gi").sign(), -1);
  EXPECT_EQ(quantity("0").sign(), 0);
  EXPECT_EQ(quantity("-0Gi").sign(), 0);
  EXPECT_EQ(quantity("1n").sign(), 1);
}

TEST(Quantity, Whole) {
  for (const char* text : {"10", "1Gi", "0.5Gi", "1000m", "0", "1e3", "1.5k"}) {
    EXPECT_TRUE(quantity(text).is_whole()) << text;
  }
  for (const char* text : {"500m", "0.5", "1n", "1.0001k"}) {
    EXPECT_FALSE(quantity(text).is_whole()) << text;
  }
}

TEST(Quantity, FormatErrors) {
  for (const char* text : {"", "  ", "10 Gi", "10GB", "10gb", "ten", "1,5Gi", "10Gi10Gi", "1.1.M",
                           "1+1.0M", "true", "1Gi/2", "10GiB", "0x10", "\"10Gi\"", "1_000"}) {
    const Result<Quantity> parsed = parse_quantity(text);
    ASSERT_FALSE(parsed.has_value()) << '"' << text << '"';
    EXPECT_EQ(parsed.error().message,
              "quantities must match the regular expression "
              "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
        << '"' << text << '"';
  }
}

TEST(Quantity, SuffixErrors) {
  for (const char* text : {"--1", "1K", "1g", "10mi", "1i", ".5i", "-3.01e-", "1ee3", "1e", "1Ki3",
                           "1GG", "1e99999999999999999999"}) {
    const Result<Quantity> parsed = parse_quantity(text);
    ASSERT_FALSE(parsed.has_value()) << '"' << text << '"';
    // A letter outside eEinumkKMGTP is already a wrong format.
    const bool letter = std::string(text).find('g') != std::string::npos;
    EXPECT_EQ(parsed.error().message, letter ? "quantities must match the regular expression "
                                               "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
                                             : "unable to parse quantity's suffix")
        << '"' << text << '"';
  }
}

}  // namespace
}  // namespace sts::kube
