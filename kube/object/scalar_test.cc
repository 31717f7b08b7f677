#include "kube/object/scalar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

// The expectations are what sigs.k8s.io/yaml 1.4.0 made of these texts.

namespace sts::kube {
namespace {

std::vector<std::string> not_resolved_to(ScalarType type, const std::vector<std::string>& texts) {
  std::vector<std::string> wrong;
  for (const std::string& text : texts) {
    if (resolve_plain(text) != type) wrong.push_back(text);
  }
  return wrong;
}

TEST(ResolvePlain, Nulls) {
  EXPECT_THAT(not_resolved_to(ScalarType::kNull, {"", "~", "null", "Null", "NULL"}),
              testing::IsEmpty());
}

TEST(ResolvePlain, Bools) {
  EXPECT_THAT(not_resolved_to(ScalarType::kBool,
                              {"y",   "Y",   "yes", "Yes",   "YES",   "true", "True", "TRUE",
                               "on",  "On",  "ON",  "n",     "N",     "no",   "No",   "NO",
                               "off", "Off", "OFF", "false", "False", "FALSE"}),
              testing::IsEmpty());
}

TEST(ResolvePlain, Ints) {
  EXPECT_THAT(not_resolved_to(ScalarType::kInt, {"0", "5", "-5", "+12", "0755", "0o755", "0x1F",
                                                 "0X1f", "0b11", "-0b11", "+0b11", "-0xF", "1_000",
                                                 "1__0", "0x_1", "010", "9223372036854775807",
                                                 "-9223372036854775808", "18446744073709551615"}),
              testing::IsEmpty());
}

TEST(ResolvePlain, Floats) {
  EXPECT_THAT(not_resolved_to(ScalarType::kFloat,
                              {"1.5",  ".5",    "+.5",   "-.5",    "1.",
                               "0.",   "1e3",   "1E+3",  "1e-3",   "1_0.5",
                               "08",   "09",    "0_8",   "1e-999", "99999999999999999999",
                               ".inf", "-.Inf", "+.INF", ".nan",   ".NaN",
                               ".NAN"}),
              testing::IsEmpty());
}

TEST(ResolvePlain, Strings) {
  EXPECT_THAT(
      not_resolved_to(
          ScalarType::kString,
          {"None",  "nULL", "nul",        "yES", "oN",    "tRUE",      "12:30:45", "2001-01-01",
           "1e999", "_1",   "._5",        ".e3", ".",     "-",         "+",        "0b",
           "0x",    "0b12", "0o8",        "0xg", "1.2.3", "1Gi",       "500m",     "--5",
           "+-5",   "5-",   "- 5",        "1e",  "e3",    ".infinity", "inf",      "nan",
           "<<",    "=",    "true false", "a",   "-.",    "0x1.8p1",   "1 000",    "\xC3\xA9"}),
      testing::IsEmpty());
}

TEST(ParseInt, ReadsEverySpelling) {
  EXPECT_EQ(parse_int("5"), 5);
  EXPECT_EQ(parse_int("-5"), -5);
  EXPECT_EQ(parse_int("+12"), 12);
  EXPECT_EQ(parse_int("0755"), 493);
  EXPECT_EQ(parse_int("0o755"), 493);
  EXPECT_EQ(parse_int("010"), 8);
  EXPECT_EQ(parse_int("0x1F"), 31);
  EXPECT_EQ(parse_int("-0b11"), -3);
  EXPECT_EQ(parse_int("1_000"), 1000);
  EXPECT_EQ(parse_int("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(parse_int("-9223372036854775808"), INT64_MIN);
}

TEST(ParseInt, NothingForWhatDoesNotFitOrIsNone) {
  for (const char* text : {"9223372036854775808", "18446744073709551615", "-9223372036854775809",
                           "08", "1.0", "1e3", "", "x", "0x", "-", "5 "}) {
    EXPECT_EQ(parse_int(text), std::nullopt) << text;
  }
}

TEST(ParseIntegralFloat, ReadsWhatJsonShowsAsAnInteger) {
  EXPECT_EQ(parse_integral_float("3.0"), 3);
  EXPECT_EQ(parse_integral_float("1e3"), 1000);
  EXPECT_EQ(parse_integral_float("08"), 8);
  EXPECT_EQ(parse_integral_float("-2."), -2);
  for (const char* text : {"3.5", ".nan", ".inf", "1e30", "x", ""}) {
    EXPECT_EQ(parse_integral_float(text), std::nullopt) << text;
  }
}

TEST(ParseBool, ReadsEverySpelling) {
  EXPECT_EQ(parse_bool("Yes"), true);
  EXPECT_EQ(parse_bool("on"), true);
  EXPECT_EQ(parse_bool("y"), true);
  EXPECT_EQ(parse_bool("OFF"), false);
  EXPECT_EQ(parse_bool("n"), false);
  EXPECT_EQ(parse_bool("yES"), std::nullopt);
  EXPECT_EQ(parse_bool(""), std::nullopt);
}

TEST(JsonKey, IsWhatTheKeyBecomes) {
  EXPECT_EQ(json_key("name"), "name");
  EXPECT_EQ(json_key("y"), "true");
  EXPECT_EQ(json_key("on"), "true");
  EXPECT_EQ(json_key("No"), "false");
  EXPECT_EQ(json_key("0x10"), "16");
  EXPECT_EQ(json_key("0755"), "493");
  EXPECT_EQ(json_key("-0"), "0");
  EXPECT_EQ(json_key("-7"), "-7");
  EXPECT_EQ(json_key("08"), "8");
  EXPECT_EQ(json_key("1.5"), "1.5");
  EXPECT_EQ(json_key("100000000"), "100000000");
  EXPECT_EQ(json_key("1e6"), "1e+06");
  EXPECT_EQ(json_key("21000000.0"), "2.1e+07");
  EXPECT_EQ(json_key("1e30"), "1e+30");
  EXPECT_EQ(json_key("1e-7"), "1e-07");
  EXPECT_EQ(json_key("0.0001"), "0.0001");
  EXPECT_EQ(json_key("-.inf"), "-.inf");
  EXPECT_EQ(json_key(".NaN"), ".nan");
  EXPECT_EQ(json_key("2001-01-01"), "2001-01-01");
}

}  // namespace
}  // namespace sts::kube
