#include "lint/script/environment.h"

#include "lint/index/testing.h"

#include <gtest/gtest.h>

#include <string>

namespace sts::lint {
namespace {

// The environment of a container with these entries, each a flow mapping.
PodScript::Environment environment_of(const std::vector<std::string>& entries) {
  std::string text = R"(apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: c
      env:
)";
  for (const std::string& entry : entries) text += "        - " + entry + "\n";
  const Index index = testing::project({{"pod.yaml", text}});
  const Object& pod = testing::object(index, Kind::kPod, "p");
  return container_environment(pod_template(pod).containers().front().value, false);
}

std::string text_of(const PodScript::Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "(none)" : found->second.texts.at(0);
}

std::size_t size_of(const PodScript::Environment& environment) {
  std::size_t size = 0;
  for (const auto& [name, variable] : environment) size += variable.texts.at(0).size();
  return size;
}

TEST(Environment, LaterEntriesWinAndSeeTheEarlier) {
  const auto environment = environment_of({
      "{name: A, value: one}",
      "{name: B, value: $(A)-$(A)}",
      "{name: A, value: two}",
      "{name: C, value: $(A)}",
  });
  EXPECT_EQ(text_of(environment, "A"), "two");
  EXPECT_EQ(text_of(environment, "B"), "one-one");
  EXPECT_EQ(text_of(environment, "C"), "two");
  EXPECT_EQ(text_of(environment, "HOSTNAME"), kOwnPod);
}

TEST(Environment, ValuesThatDoubleAreUnknownBeyondABound) {
  std::vector<std::string> entries = {"{name: E0, value: x}"};
  for (int i = 1; i < 30; ++i) {
    const std::string before = "$(E" + std::to_string(i - 1) + ")";
    entries.push_back("{name: E" + std::to_string(i) + ", value: \"" + before + before + "\"}");
  }
  const auto environment = environment_of(entries);
  EXPECT_EQ(text_of(environment, "E12"), std::string(PodScript::kMaxJoined, 'x'));
  EXPECT_EQ(text_of(environment, "E13"), kAnything);
  for (const auto& [name, variable] : environment) {
    EXPECT_LE(variable.texts.at(0).size(), PodScript::kMaxJoined) << name;
  }
}

TEST(Environment, AllValuesTogetherAreBounded) {
  std::vector<std::string> entries = {"{name: A, value: " + std::string(4000, 'x') + "}"};
  for (int i = 0; i < 1000; ++i) {
    entries.push_back("{name: B" + std::to_string(i) + ", value: $(A)}");
  }
  const auto environment = environment_of(entries);
  EXPECT_EQ(text_of(environment, "B0").size(), 4000U);
  EXPECT_EQ(text_of(environment, "B999"), kAnything);
  EXPECT_LE(size_of(environment), kMaxExpanded + 4000 + 1001 * 16);
}

TEST(Environment, ALiteralOfAnySizeIsKnown) {
  const std::string literal(100'000, 'x');
  EXPECT_EQ(text_of(environment_of({"{name: A, value: " + literal + "}"}), "A"), literal);
}

}  // namespace
}  // namespace sts::lint
