#include "lint/rules/waits/excuses.h"

#include <gtest/gtest.h>

namespace sts::lint::waits {
namespace {

Reached reached_in(std::string_view text) {
  const auto script = shell::parse(text);
  EXPECT_TRUE(script) << text;
  return reached(*script, script->by_name.at("nslookup").front());
}

TEST(Reached, AlwaysWhereNothingDecides) {
  EXPECT_EQ(reached_in("until nslookup db; do sleep 1; done"), Reached::kAlways);
  EXPECT_EQ(reached_in("echo waiting && until nslookup db; do sleep 1; done"), Reached::kAlways);
  EXPECT_EQ(reached_in("while true; do if nslookup db; then break; fi; done"), Reached::kAlways);
}

TEST(Reached, ByATestAroundItOrBeforeIt) {
  EXPECT_EQ(reached_in("if [ -n \"$JOIN\" ]; then nslookup db; fi"), Reached::kByTest);
  EXPECT_EQ(reached_in("if [ -n \"$ALONE\" ]; then echo; else nslookup db; fi"), Reached::kByTest);
  EXPECT_EQ(reached_in("[ -f /data/done ] && exit 0\nnslookup db"), Reached::kByTest);
  EXPECT_EQ(reached_in("case $MODE in join) nslookup db ;; esac"), Reached::kByTest);
}

TEST(Reached, ByACommandThatNobodyKnows) {
  EXPECT_EQ(reached_in("if needs-peers; then nslookup db; fi"), Reached::kByCommand);
  EXPECT_EQ(reached_in("needs-peers && nslookup db"), Reached::kByCommand);
}

TEST(Reached, AnExitThatFailsComesBack) {
  EXPECT_EQ(reached_in("mkdir /data || exit 1\nnslookup db"), Reached::kAlways);
}

TEST(Reached, ThroughTheCallOfAFunction) {
  EXPECT_EQ(reached_in("wait_for() { nslookup db; }\nif needs-peers; then wait_for; fi"),
            Reached::kByCommand);
  EXPECT_EQ(reached_in("wait_for() { nslookup db; }\nwait_for"), Reached::kAlways);
}

}  // namespace
}  // namespace sts::lint::waits
