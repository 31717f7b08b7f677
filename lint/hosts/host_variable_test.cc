#include "lint/hosts/host_variable.h"

#include <gtest/gtest.h>

namespace sts::lint {
namespace {

std::string read(std::string_view text) {
  PodScript::Environment environment;
  environment["POD"] = {{"<POD>"}, true};
  environment["HOSTNAME"] = {{"<POD>"}, true};
  environment["NS"] = {{"<NS>"}, false};
  environment["SVC"] = {{"db"}, false};
  environment["SECRET"] = {{"<?>"}, false};
  const std::size_t at = text.find_last_of('@') + 1;
  const HostVariable variable = variable_at(text, at);
  return variable.end == 0 ? "none" : read_variable(variable, text, &environment, "db");
}

TEST(HostVariable, OfTheEnvironment) {
  EXPECT_EQ(read("@$(SVC)"), "db");
  EXPECT_EQ(read("@${SVC}"), "db");
  EXPECT_EQ(read("@${SVC:-web}"), "db");
  EXPECT_EQ(read("@$SVC.x"), "db");
  EXPECT_EQ(read("@$(POD)"), "<POD>");
  EXPECT_EQ(read("@$NS"), "<NS>");
  EXPECT_EQ(read("@$SECRET"), "<?>");
  EXPECT_EQ(read("@$OTHER"), "<?>");
  EXPECT_EQ(read("@${SVC%b}"), "<?>");
  EXPECT_EQ(read("@${HOSTNAME%-*}"), "db");
  EXPECT_EQ(read("@${HOSTNAME%%-*}"), "db");
  EXPECT_EQ(read("@${SVC%-*}"), "<?>");
  EXPECT_EQ(read("@${HOSTNAME##*-}"), "<?>");
}

TEST(HostVariable, OutputOfCommands) {
  EXPECT_EQ(read("@$(hostname)"), "<POD>");
  EXPECT_EQ(read("@$(hostname -s)"), "<POD>");
  EXPECT_EQ(read("@`hostname`"), "<POD>");
  EXPECT_EQ(read("@$(hostname -f)"), "<?>");
  EXPECT_EQ(read("@$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)"), "<NS>");
  EXPECT_EQ(read("@$(date $(true) x)"), "<?>");
}

TEST(HostVariable, WhatTheTextSetsItself) {
  EXPECT_EQ(read("H=$(hostname -s)\n@$H"), "<POD>");
  EXPECT_EQ(read("export H=\"${POD}\"; @$H"), "<POD>");
  EXPECT_EQ(read("SVC=web; @$SVC"), "web");
  EXPECT_EQ(read("SVC=web; SVC=db; @$SVC"), "<?>");
  EXPECT_EQ(read("for SVC in a b; do @$SVC"), "<?>");
  EXPECT_EQ(read("SVC=$SVC-x; @$SVC"), "<?>");
  EXPECT_EQ(read("SVC=\"a b\"; @$SVC"), "<?>");
  EXPECT_EQ(read("A=$B; B=$A; @$A"), "<?>");
}

TEST(HostVariable, WhatIsNone) {
  EXPECT_EQ(read("@$"), "none");
  EXPECT_EQ(read("@$1"), "none");
  EXPECT_EQ(read("@$(open"), "none");
  EXPECT_EQ(read("@${a\n}"), "none");
  EXPECT_EQ(read("@``"), "none");
  EXPECT_EQ(variable_at("$$(NS)", 1).end, 0u);
}

}  // namespace
}  // namespace sts::lint
