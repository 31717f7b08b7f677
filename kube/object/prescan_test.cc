#include "kube/object/prescan.h"

#include "kube/object/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::check;

TEST(Prescan, WhatIsNoText) {
  check({
      {std::string("\xFF\xFE"
                   "a\0:\0",
                   6),
       {"-"},
       {"1:1-1:2 syntax: the file is UTF-16 text | save it as UTF-8"}},
      {"a: caf\xE9\n---\nb: 1\n",
       {"-", "{\"b\":1}"},
       {"1:7-1:8 syntax: the byte 0xE9 is no valid UTF-8 here | save the file as UTF-8"}},
      {"a: \xED\xA0\x80\n",
       {"-"},
       {"1:4-1:5 syntax: the byte 0xED is no valid UTF-8 here | save the file as UTF-8"}},
      {"a: \xC0\xAF\n",
       {"-"},
       {"1:4-1:5 syntax: the byte 0xC0 is no valid UTF-8 here | save the file as UTF-8"}},
      {"a: \xE4\xB8",
       {"-"},
       {"1:4-1:5 syntax: the byte 0xE4 is no valid UTF-8 here | save the file as UTF-8"}},
  });
}

TEST(Prescan, ControlCharacters) {
  check({
      {"a: x\x01y\n",
       {"-"},
       {"1:5-1:6 syntax: the control character U+0001 is not allowed here | remove it, or write it "
        "as an escape in a double-quoted string"}},
      {"a: \x1B[1mx\n",
       {"-"},
       {"1:4-1:5 syntax: the control character U+001B is not allowed here | remove it, or write it "
        "as an escape in a double-quoted string"}},
      {"a: \x7F\n",
       {"-"},
       {"1:4-1:5 syntax: the control character U+007F is not allowed here | remove it, or write it "
        "as an escape in a double-quoted string"}},
  });
}

TEST(Prescan, OddLineBreaks) {
  check({
      {"a: 1\xC2\x85"
       "b: 2\n",
       {"{\"a\":1,\"b\":2}"},
       {"1:5-1:6 oddity: U+0085 ends a line for kubectl, but not in most editors | replace it with "
        "an ordinary line break or a space"}},
      {"a: \"x\xE2\x80\xA8y\"\n",
       {"{\"a\":\"x\xE2\x80\xA8y\"}"},
       {"1:6-1:7 oddity: U+2028 ends a line for kubectl, but not in most editors | replace it with "
        "an ordinary line break or a space"}},
      {"a: 1\rb: 2\r",
       {"{\"a\":1,\"b\":2}"},
       {"1:5-1:5 oddity: a lone carriage return ends this line; kubectl finds no --- after it | "
        "convert the file's line ends to \\n"}},
  });
}

TEST(Prescan, ByteOrderMarks) {
  check({
      {"\xEF\xBB\xBF"
       "a: 1\n",
       {"{\"a\":1}"},
       {}},
      {"a: 1\n\xEF\xBB\xBF"
       "b: 2\n",
       {"-"},
       {"2:1-2:2 syntax: a byte order mark (U+FEFF) stands in the middle of the document; kubectl "
        "makes it a part of the next key | remove it"}},
      {"a: 1\n\xEF\xBB\xBF---\nb: 2\n",
       {"{\"a\":1}", "{\"b\":2}"},
       {"2:1-2:2 syntax: a byte order mark (U+FEFF) hides this \"---\" from kubectl | remove the "
        "mark"}},
      {"a: 1\n---\n\xEF\xBB\xBF"
       "b: 2\n",
       {"{\"a\":1}", "{\"b\":2}"},
       {"3:1-3:2 oddity: a byte order mark (U+FEFF) stands in the middle of the file | remove it"}},
  });
}

TEST(Prescan, SpacesThatAreNone) {
  check({
      {"a:\n\xC2\xA0 b: 1\n",
       {"-"},
       {"2:1-2:2 syntax: a no-break space (U+00A0) stands where YAML wants an ordinary one; it "
        "became a part of this key | replace it with an ordinary space"}},
      {"a: 1\n\xE2\x80\x8B"
       "b: 2\n",
       {"-"},
       {"2:1-2:2 syntax: a zero-width space (U+200B) stands where YAML wants an ordinary one; it "
        "became a part of this key | replace it with an ordinary space"}},
      {"a: x\xC2\xA0y\nb: \xC2\xA0z\n", {"{\"a\":\"x\xC2\xA0y\",\"b\":\"\xC2\xA0z\"}"}, {}},
  });
}

TEST(Prescan, APromptAlone) {
  check({
      {"$ kubectl get pods\n",
       {"-"},
       {"1:1-1:19 syntax: this line is a shell prompt, pasted along with the YAML | delete the "
        "line"}},
      {"me@host:~$ cat x.yaml\n---\na: 1\n",
       {"-", "{\"a\":1}"},
       {"1:1-1:22 syntax: this line is a shell prompt, pasted along with the YAML | delete the "
        "line"}},
  });
}

TEST(Prescan, BinaryFiles) {
  const std::string text(
      "\x7F"
      "ELF\0\1",
      6);
  EXPECT_EQ(testing::trees(text), std::vector<std::string>{"-"});
  EXPECT_EQ(
      testing::problems(text),
      std::vector<std::string>{
          "1:5-1:6 syntax: a NUL byte: this is a binary file, not YAML or JSON | leave the file "
          "out"});
  const std::string late = "a: " + std::string(9000, 'x') + std::string(1, '\0') + "\n---\nb: 1\n";
  EXPECT_EQ(testing::trees(late), (std::vector<std::string>{"-", R"({"b":1})"}));
  EXPECT_EQ(testing::problems(late),
            std::vector<std::string>{"1:9004-1:9005 syntax: the control character U+0000 is not "
                                     "allowed here | remove it, or write it as an escape in a "
                                     "double-quoted string"});
}

}  // namespace
}  // namespace sts::kube
