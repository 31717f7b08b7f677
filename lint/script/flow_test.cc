#include "lint/script/flow.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint::shell {
namespace {

// What the first nslookup of a script decides, in one word.
std::string gate(std::string_view text, bool status_matters = false) {
  const auto script = parse(text);
  if (!script) return "(not read)";
  const NodeId command = script->by_name.at("nslookup").front();
  const Gating found = gating(*script, command, status_matters);
  std::string out = found.gate == Gate::kNone     ? "none"
                    : found.gate == Gate::kBranch ? "branch"
                    : found.gate == Gate::kLoop   ? "loop"
                                                  : "exit";
  if (found.gate != Gate::kNone && !found.success_passes) out += " on failure";
  if (found.alternative) out += ", alternative";
  if (found.piped) out += ", piped";
  if (found.captured) out += ", captured";
  return out;
}

TEST(Gating, Loops) {
  EXPECT_EQ(gate("until nslookup db; do sleep 2; done"), "loop");
  EXPECT_EQ(gate("while ! nslookup db; do sleep 2; done"), "loop");
  EXPECT_EQ(gate("while nslookup db; do sleep 2; done"), "loop on failure");
  EXPECT_EQ(gate("until ! nslookup db; do sleep 2; done"), "loop on failure");
  EXPECT_EQ(gate("until nslookup a && nc -z a 1; do sleep 2; done"), "loop");
  EXPECT_EQ(gate("until nslookup a || nslookup b; do sleep 2; done"), "loop, alternative");
  EXPECT_EQ(gate("until nslookup a; nslookup b; do sleep 2; done"), "none");
  EXPECT_EQ(gate("while true; do nslookup db && break; sleep 1; done"), "loop");
  EXPECT_EQ(gate("while true; do if nslookup db; then break; fi; sleep 1; done"), "loop");
  EXPECT_EQ(gate("while :; do if ! nslookup db; then sleep 1; else break; fi; done"), "loop");
  EXPECT_EQ(gate("while :; do nslookup db && exit 0; sleep 1; done"), "loop");
  EXPECT_EQ(gate("f() { nslookup db; }; until f; do sleep 1; done"), "loop");
  EXPECT_EQ(gate("sh -c 'until nslookup db; do sleep 1; done'"), "loop");
}

TEST(Gating, Branches) {
  EXPECT_EQ(gate("if nslookup db; then start; fi; next"), "branch");
  EXPECT_EQ(gate("nslookup db && start; next"), "branch");
  EXPECT_EQ(gate("nslookup db || fallback; next"), "branch, alternative");
  EXPECT_EQ(gate("nslookup db; if [ $? -eq 0 ]; then start; fi"), "branch");
}

TEST(Gating, Exit) {
  EXPECT_EQ(gate("nslookup db", true), "exit");
  EXPECT_EQ(gate("nslookup db; echo done", true), "none");
  EXPECT_EQ(gate("set -e\nnslookup db\nstart"), "exit");
  EXPECT_EQ(gate("set -euo pipefail\nnslookup db | cat\nstart"), "exit");
  EXPECT_EQ(gate("set -e\nset +e\nnslookup db\nstart"), "none");
  EXPECT_EQ(gate("set -e\nif nslookup db; then echo yes; fi\nstart"), "none");
  EXPECT_EQ(gate("nslookup db || exit 1; start"), "exit");
  EXPECT_EQ(gate("if ! nslookup db; then echo no; exit 1; fi; start"), "exit");
  EXPECT_EQ(gate("nslookup db || { echo no; exit 1; }; start"), "exit");
  EXPECT_EQ(gate("f() { nslookup db; }; f", true), "exit");
}

TEST(Gating, NothingDependsOnIt) {
  EXPECT_EQ(gate("nslookup db || true"), "none");
  EXPECT_EQ(gate("set -e; nslookup db || true"), "none");
  EXPECT_EQ(gate("nslookup db || echo missing", true), "none");
  EXPECT_EQ(gate("nslookup db && echo there; start"), "none");
  EXPECT_EQ(gate("if nslookup db; then echo yes; else echo no; fi; start"), "none");
  EXPECT_EQ(gate("nslookup db | grep Name", true), "none, piped");
  EXPECT_EQ(gate("until [ \"$(nslookup db)\" ]; do sleep 1; done"), "none, captured");
  EXPECT_EQ(gate("nslookup db &", true), "none");
}

bool first_loop_bounded(std::string_view text) {
  const auto script = parse(text);
  return bounded(*script, enclosing_loop(*script, script->by_name.at("nslookup").front()));
}

TEST(Bounded, CountersClocksAndLists) {
  EXPECT_FALSE(first_loop_bounded("until nslookup db; do sleep 1; done"));
  EXPECT_FALSE(first_loop_bounded(
      "while true; do out=$(nslookup db); if [ -n \"$out\" ]; then break; fi; done"));
  EXPECT_TRUE(first_loop_bounded("for i in 1 2 3; do nslookup db && break; done"));
  EXPECT_TRUE(first_loop_bounded(
      "i=0; until nslookup db; do i=$((i+1)); if [ $i -gt 9 ]; then exit 1; fi; done"));
  EXPECT_TRUE(first_loop_bounded("while [ $n -lt 9 ] && ! nslookup db; do n=`expr $n + 1`; done"));
  EXPECT_TRUE(first_loop_bounded("until nslookup db; do ((n++ > 9)) && exit 1; sleep 1; done"));
  EXPECT_TRUE(
      first_loop_bounded("until nslookup db; do [ $SECONDS -gt 60 ] && exit 1; sleep 1; done"));
  EXPECT_TRUE(first_loop_bounded("timeout 60 sh -c 'until nslookup db; do sleep 1; done'"));
}

bool guarded(std::string_view text) {
  const auto script = parse(text);
  return pod_guard(*script, script->by_name.at("nslookup").front()).has_value();
}

TEST(PodGuard, TestsOfOrdinalAndHostname) {
  EXPECT_FALSE(guarded("until nslookup db-0.db; do sleep 1; done"));
  EXPECT_FALSE(guarded("until nslookup $(hostname).db; do sleep 1; done"));
  EXPECT_FALSE(guarded("echo $HOSTNAME; until nslookup db-0.db; do sleep 1; done"));
  EXPECT_TRUE(guarded("if [ \"$POD_ORDINAL\" != 0 ]; then until nslookup db-0.db; do :; done; fi"));
  EXPECT_TRUE(guarded("[ \"$HOSTNAME\" = db-0 ] || until nslookup db-0.db; do :; done"));
  EXPECT_TRUE(
      guarded("[[ $(hostname) =~ -([0-9]+)$ ]] || exit 1\n"
              "[[ ${BASH_REMATCH[1]} -eq 0 ]] && exit 0\n"
              "until nslookup db-0.db; do sleep 1; done"));
  EXPECT_TRUE(
      guarded("id=${HOSTNAME##*-}; n=$id\nif [ $n -eq 0 ]; then exit 0; fi\n"
              "until nslookup db-0.db; do sleep 1; done"));
  EXPECT_TRUE(guarded("case $(hostname) in *-0) ;; *) until nslookup db-0.db; do :; done;; esac"));
  EXPECT_TRUE(guarded("case $HOSTNAME in *-0) exit 0;; esac; until nslookup db-0.db; do :; done"));
  EXPECT_TRUE(
      guarded("w() { until nslookup $1; do :; done; }\n"
              "if [ $(hostname) != db-0 ]; then w db-0.db; fi"));
  const auto script = parse("if [ $MY_ID != x ]; then nslookup db; fi");
  EXPECT_FALSE(pod_guard(*script, script->by_name.at("nslookup").front()));
  EXPECT_TRUE(pod_guard(*script, script->by_name.at("nslookup").front(),
                        [](std::string_view name) { return name == "MY_ID"; }));
}

}  // namespace
}  // namespace sts::lint::shell
