#include "kube/text/printable.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

TEST(Printable, LeavesTextAlone) {
  for (const char* text : {"", "plain", "tab\there", "na\xc3\xafve", "\xe6\x97\xa5\xe6\x9c\xac",
                           "\xf0\x9f\x98\x80", "back\\slash \"quotes\""}) {
    EXPECT_EQ(printable(text), text);
  }
}

TEST(Printable, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(printable("\x1b[2Jgone"), "\\x1b[2Jgone");
  EXPECT_EQ(printable("a\rb\nc"), "a\\rb\\nc");
  EXPECT_EQ(printable(std::string("a\0b\x7f", 4)), "a\\x00b\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\u009b31m");
}

TEST(Printable, SpellsOutWhatCannotBeSeen) {
  EXPECT_EQ(printable("ad\xe2\x80\xaemin"), "ad\\u202emin");
  EXPECT_EQ(printable("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u2066x\\u2069");
  EXPECT_EQ(printable("a\xe2\x80\x8b"
                      "b"),
            "a\\u200bb");
  EXPECT_EQ(printable("\xf3\xa0\x80\xa0"), "\\U000e0020");
}

TEST(Printable, SpellsOutBrokenUtf8) {
  EXPECT_EQ(printable("caf\xe9"), "caf\\xe9");
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond Unicode
}

TEST(Printable, LeavesNoCommandInAnActionsLog) {
  const auto log = [](std::string_view text) { return printable(text, Reader::kActionsLog); };
  EXPECT_EQ(log("x ##[error]y ##[add-mask]"), "x ##\\x5berror]y ##\\x5badd-mask]");
  EXPECT_EQ(log("::stop-commands::x"), "\\x3a:stop-commands::x");
  EXPECT_EQ(log("  ::error::x"), "  \\x3a:error::x");
  EXPECT_EQ(log("a::b"), "a::b");
  EXPECT_EQ(printable("::error::##[x]"), "::error::##[x]");
}

TEST(Width, CountsColumns) {
  EXPECT_EQ(width('a'), 1);
  EXPECT_EQ(width(0xe9), 1);
  EXPECT_EQ(width(0x301), 0);    // combining acute
  EXPECT_EQ(width(0x3000), 2);   // full-width space
  EXPECT_EQ(width(0x65e5), 2);   // CJK
  EXPECT_EQ(width(0xff1a), 2);   // full-width colon
  EXPECT_EQ(width(0x1f600), 2);  // emoji
}

}  // namespace
}  // namespace sts::kube
