#include "kube/object/yaml_error.h"

#include "kube/object/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::kube {
namespace {

using testing::problems;

struct Case {
  std::string text;
  std::vector<std::string> problems;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(problems(c.text), c.problems) << c.text;
}

TEST(YamlError, Tabs) {
  check({
      {"a:\n\tb: 1\n",
       {"2:1-2:2 syntax: a tab indents this line; YAML allows only spaces | replace the tab with "
        "spaces"}},
      {"a: x\n\tb: 1\n",
       {"2:1-2:2 syntax: a tab indents this line; YAML allows only spaces | replace the tab with "
        "spaces"}},
      {"a:\n  - x\n\t- y\n",
       {"3:1-3:2 syntax: a tab indents this line; YAML allows only spaces | replace the tab with "
        "spaces"}},
      {"a: |\n\tfoo\n",
       {"2:1-2:2 syntax: a tab indents this line; YAML allows only spaces | replace the tab with "
        "spaces"}},
      {"a:\n  b: 1\n\tc: 2\n",
       {"3:1-3:2 syntax: a tab indents this line; YAML allows only spaces | replace the tab with "
        "spaces"}},

  });
}

TEST(YamlError, Quotes) {
  check({
      {"a: \"xx\nb: 1\n", {"1:4-1:5 syntax: this quote is never closed | close it with \""}},
      {"a: \"xx\nb: \"1\"\nc: 2\n",
       {"2:5-2:6 syntax: text follows the closing quote of a string that began lines above | close "
        "the string where it should end | 1:4-1:5 the string begins here"}},
      {"a: 'it's'\nb: 1\n",
       {"1:8-1:9 syntax: text follows the closing quote | write a quote inside of single quotes "
        "twice ('')"}},
      {"a: 'xx\nb: 1\n", {"1:4-1:5 syntax: this quote is never closed | close it with '"}},
      {"a: \"x\n...\n", {"1:4-1:5 syntax: this quote is never closed | close it with \""}},
      {"a: \"x\" y\n",
       {"1:8-1:9 syntax: text follows the closing quote | write a quote inside of double quotes as "
        "\\\""}},
      {"a: \"\\d\"\n",
       {"1:5-1:7 syntax: the escape \\d does not exist in double quotes | write \\\\d, or use "
        "single quotes"}},
      {"a: \"\\xzz\"\n",
       {"1:5-1:7 syntax: the escape \\x lacks hexadecimal digits | write \\\\ for a backslash, or "
        "use single quotes"}},

  });
}

TEST(YamlError, MissingBlanks) {
  check({
      {"a: 1\nname:foo\nb: 2\n",
       {"2:1-2:9 syntax: no space after the \":\" of \"name:foo\" | write \"name: foo\""}},
      {"name:foo\nb: 2\n",
       {"1:1-1:9 syntax: no space after the \":\" of \"name:foo\" | write \"name: foo\""}},
      {"-a\n-b: 1\n", {"1:1-1:3 syntax: no space after the \"-\" of \"-a\" | write \"- a\""}},

  });
}

TEST(YamlError, KeysAndColons) {
  check({
      {"a: 1\nfoo\n",
       {"2:1-2:4 syntax: \"foo\" is no \"key: value\" | write a colon and a space after the key, "
        "or indent the line to make it part of the text above"}},
      {"a:\n  b: 1\n  foo\nc: 2\n",
       {"3:3-3:6 syntax: \"foo\" is no \"key: value\" | write a colon and a space after the key, "
        "or indent the line to make it part of the text above"}},
      {"a: b: c\n",
       {"1:4-1:8 syntax: this value holds \": \", which makes a second key of it | put it in "
        "quotes"}},
      {"a: \"x\": y\n",
       {"1:4-1:10 syntax: this value holds \": \", which makes a second key of it | put it in "
        "quotes"}},
      {"msg: Error: foo\n",
       {"1:6-1:16 syntax: this value holds \": \", which makes a second key of it | put it in "
        "quotes"}},

  });
}

TEST(YamlError, Indentation) {
  check({
      {"spec:\n  a: 1\n   b: 2\n",
       {"3:4-3:5 syntax: this key is indented deeper than the line above it, which has a value "
        "already | indent it by 2 spaces like the line above, or take the value away from there"}},
      {"spec:\n    a: 1\n  b: 2\nc: 1\n",
       {"3:3-3:7 syntax: the indentation of this line fits no line above it | indent it by 4 "
        "spaces like the line above, or by less"}},
      {"a:\n    - x\n  - y\n",
       {"3:3-3:6 syntax: the indentation of this line fits no line above it | indent it by 4 "
        "spaces like the line above, or by less"}},
      {"a: 1\n b: 2\n",
       {"2:2-2:3 syntax: this key is indented deeper than the line above it, which has a value "
        "already | begin it at column 1 like the line above, or take the value away from there"}},
      {"a: |\n  x\n y\nb: 1\n",
       {"3:2-3:3 syntax: this line is indented less than the block of text above it, but deeper "
        "than its key | indent it like the text to make it a part of it"}},

  });
}

TEST(YamlError, Lists) {
  check({
      {"a:\n  - x\n  b: 1\n",
       {"3:3-3:7 syntax: this line stands between the items of a list, but is none | begin it with "
        "\"- \", or change its indentation: deeper to make it part of the item above, less to end "
        "the list | 2:3-2:6 the list begins here"}},
      {"a: 1\n- b\n",
       {"2:1-2:2 syntax: a list item stands among the keys of a mapping | give the list a key of "
        "its own, or indent it below the key that it belongs to"}},
      {"- a: 1\n b: 2\n",
       {"2:2-2:6 syntax: this line stands between the items of a list, but is none | begin it with "
        "\"- \", or change its indentation: deeper to make it part of the item above, less to end "
        "the list | 1:1-1:7 the list begins here"}},
      {"- a\nb: c\n",
       {"2:1-2:5 syntax: this line stands between the items of a list, but is none | begin it with "
        "\"- \", or change its indentation: deeper to make it part of the item above, less to end "
        "the list | 1:1-1:4 the list begins here"}},

  });
}

TEST(YamlError, Brackets) {
  check({
      {",",
       {"1:1-1:2 syntax: \",\" stands where a value is expected | remove it, or put it in quotes "
        "if it is text"}},
      {"a: [1, 2\nb: 3\n",
       {"1:4-1:5 syntax: this \"[\" is not closed | close it with \"]\", or quote the text if it "
        "is none"}},
      {"a: {x: 1\nb: 2\n",
       {"1:4-1:5 syntax: this \"{\" is not closed | close it with \"}\", or quote the text if it "
        "is none"}},
      {"a: [1 2}\n",
       {"1:8-1:9 syntax: \"}\" does not close the \"[\" | write \"]\" instead, or remove it | "
        "1:4-1:5 \"[\" opened here"}},
      {"a: ]\n",
       {"1:4-1:5 syntax: \"]\" stands where a value is expected | remove it, or put it in quotes "
        "if it is text"}},
      {"a: {b: 1}}\n",
       {"1:10-1:11 syntax: a \"}\" that belongs to no bracket | remove it, or put the text in "
        "quotes"}},
      {"{a: 1, b c: 2\n d: 3}\n",
       {"1:1-1:2 syntax: this \"{\" is not closed | close it with \"}\", or quote the text if it "
        "is none"}},
      {"{a: 1",
       {"1:1-1:2 syntax: this \"{\" is not closed | close it with \"}\", or quote the text if it "
        "is none"}},

  });
}

TEST(YamlError, Indicators) {
  check({
      {"a: @foo\n", {"1:4-1:5 syntax: a value cannot begin with \"@\" | put it in quotes"}},
      {"a: `x`\n", {"1:4-1:5 syntax: a value cannot begin with \"`\" | put it in quotes"}},
      {"a: %x\n", {"1:4-1:5 syntax: a value cannot begin with \"%\" | put it in quotes"}},
      {"a: *.example.com\n",
       {"1:4-1:5 syntax: \"*\" begins an alias, but no proper name follows | put the value in "
        "quotes if it is text"}},
      {"a: &\n",
       {"1:4-1:5 syntax: \"&\" begins an anchor, but no proper name follows | put the value in "
        "quotes if it is text"}},
      {"a: !<x\n",
       {"1:4-1:5 syntax: \"!\" begins a tag, and this is no known one | put the value in quotes if "
        "it is text"}},
      {"a: !x!y z\n",
       {"1:4-1:5 syntax: \"!\" begins a tag, and this is no known one | put the value in quotes if "
        "it is text"}},
      {"a: |x\n  y\n",
       {"1:5-1:6 syntax: text stands behind the | or > that opens a block of text | begin the text "
        "on the next line"}},
      {"%YAML 1.2\n---\na: 1\n",
       {"1:1-1:10 syntax: kubectl refuses YAML directives such as \"%YAML 1.2\" | delete the "
        "line"}},
      {"a: 1\n%x\n",
       {"2:1-2:3 syntax: kubectl refuses YAML directives such as \"%x\" | delete the line"}},

  });
}

TEST(YamlError, UnicodeSpaces) {
  check({
      {"a:\n\xE3\x80\x80"
       "b: 1\n",
       {"2:1-2:2 syntax: a full-width space (U+3000) stands where YAML wants an ordinary one; it "
        "became a part of this key | replace it with an ordinary space"}},
      {"a:\xE3\x80\x80"
       "b\nc: d\n",
       {"1:3-1:4 syntax: a full-width space (U+3000) stands where YAML wants an ordinary one | "
        "replace it with an ordinary space"}},
      {"spec:\n  a: 1\n\xE3\x80\x80\xE3\x80\x80"
       "b: 2\n",
       {"3:1-3:2 syntax: a full-width space (U+3000) stands where YAML wants an ordinary one; it "
        "became a part of this key | replace it with an ordinary space"}},

  });
}

TEST(YamlError, PastedAlong) {
  check({
      {"$ cat x.yaml\napiVersion: v1\nkind: X\n",
       {"1:1-1:13 syntax: this line is a shell prompt, pasted along with the YAML | delete the "
        "line"}},
      {"apiVersion: v1\nkind: X\nuser@host:~/x$ \n",
       {"3:1-3:15 syntax: this line is a shell prompt, pasted along with the YAML | delete the "
        "line"}},
      {"user@host:~$ kubectl get x -o yaml\napiVersion: v1\n",
       {"1:1-1:35 syntax: this line is a shell prompt, pasted along with the YAML | delete the "
        "line"}},
      {"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n",
       {"2:1-2:13 syntax: this line is the marker of an unresolved merge conflict | resolve the "
        "conflict"}},
      {"```yaml\na: 1\n```\n",
       {"1:1-1:8 syntax: this line is a Markdown code fence | delete the line"}},

  });
}

TEST(YamlError, KeysOfAnyLengthButNotLonger) {
  const std::string key(1100, 'a');
  EXPECT_EQ(
      problems(key + ": 1\n"),
      std::vector<std::string>{"1:1-1:1101 syntax: a key may not be longer than 1024 characters "
                               "| shorten it, or put the text in a value"});
}

}  // namespace
}  // namespace sts::kube
