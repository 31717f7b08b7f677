#include "kube/api/config/credentials/exec_plugin.h"

#include "kube/api/config/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace sts::kube {
namespace {

using sts::kube::testing::FakeWorld;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string printed(const std::string& status) {
  return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" +
         status + "}";
}

ProcessOutcome prints(const std::string& output) { return {ProcessEnd::kExited, 0, output}; }

Kubeconfig::Exec login() {
  return {"login",
          {"--for", "me"},
          {{"A", "plugin"}, {"B", "b"}},
          "client.authentication.k8s.io/v1",
          "",
          false,
          "IfAvailable"};
}

class ExecPlugin : public ::testing::Test {
 protected:
  ExecPlugin() {
    world.programs = {"/usr/bin/login"};
    world.environment["A"] = "ours";
    world.outcomes = {prints(printed(R"({"token":"one"})")), prints(printed(R"({"token":"two"})"))};
  }

  std::shared_ptr<Credentials> credentials() {
    return exec_credentials("me", exec, {"https://s", "", false, "", "", false, ""},
                            world.surroundings());
  }

  std::string error_of() {
    const auto identity = credentials()->current();
    return identity ? "no error" : identity.error().message;
  }

  FakeWorld world;
  Kubeconfig::Exec exec = login();
};

TEST_F(ExecPlugin, IsRunOnce) {
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  ASSERT_EQ(world.ran.size(), 1);
  EXPECT_EQ(world.ran[0].file, "/usr/bin/login");
  EXPECT_THAT(world.ran[0].arguments, ElementsAre("--for", "me"));
  EXPECT_FALSE(world.ran[0].inherit_stdin);
  EXPECT_THAT(world.ran[0].environment,
              ElementsAre("A=plugin", "B=b", "HOME=/home/me",
                          R"(KUBERNETES_EXEC_INFO={"apiVersion":"client.authentication.k8s.io/v1",)"
                          R"("kind":"ExecCredential","spec":{"interactive":false}})",
                          "PATH=/usr/bin"));
}

TEST_F(ExecPlugin, IsRunAgainWhenExpired) {
  world.outcomes[0] =
      prints(printed(R"({"token":"one","expirationTimestamp":"2023-11-14T22:13:30Z"})"));
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  world.now += std::chrono::seconds(10);  // the very second still counts
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  world.now += std::chrono::seconds(1);
  EXPECT_EQ(it->current()->authorization, "Bearer two");
  world.now += std::chrono::hours(1000);
  EXPECT_EQ(it->current()->authorization, "Bearer two");
}

TEST_F(ExecPlugin, IsRunAgainAfterA401) {
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  EXPECT_TRUE(*it->refresh_after_unauthorized());
  EXPECT_EQ(it->current()->authorization, "Bearer two");
  EXPECT_EQ(world.ran.size(), 2);
}

TEST_F(ExecPlugin, AFailedRefreshIsAnError) {
  world.outcomes[1] = {ProcessEnd::kExited, 1, ""};
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  EXPECT_EQ(it->refresh_after_unauthorized().error().message,
            "credential plugin \"login\" of user \"me\": it failed with exit code 1; what it wrote "
            "above may say why, and its own login command may help");
}

TEST_F(ExecPlugin, IsToldOfTheClusterWhereItAsks) {
  exec.provide_cluster_info = true;
  ASSERT_TRUE(credentials()->current());
  EXPECT_THAT(world.ran[0].environment,
              Contains(HasSubstr(R"("cluster":{"config":null,"server":"https://s"})")));
}

TEST_F(ExecPlugin, InteractiveMode) {
  world.stdin_is_terminal = true;
  ASSERT_TRUE(credentials()->current());
  EXPECT_TRUE(world.ran.back().inherit_stdin);
  EXPECT_THAT(world.ran.back().environment, Contains(HasSubstr(R"("interactive":true)")));
  exec.interactive_mode = "Never";
  ASSERT_TRUE(credentials()->current());
  EXPECT_FALSE(world.ran.back().inherit_stdin);
  exec.interactive_mode = "Always";
  ASSERT_TRUE(credentials()->current());
  EXPECT_TRUE(world.ran.back().inherit_stdin);
  world.stdin_is_terminal = false;
  EXPECT_EQ(error_of(),
            "credential plugin \"login\" of user \"me\": it must ask on the terminal, but the "
            "standard input is none; run this in a terminal, or set its interactiveMode to "
            "IfAvailable");
}

TEST_F(ExecPlugin, WhereItIsLookedFor) {
  world.environment["PATH"] = ":.:bin:/opt/x/:/usr/bin";
  world.programs = {"/opt/x/login", "/usr/bin/login", "/work/dir/login"};
  EXPECT_EQ(find_command("login", world.surroundings()), "/opt/x/login");
  EXPECT_EQ(find_command("/usr/bin/login", world.surroundings()), "/usr/bin/login");
  EXPECT_EQ(find_command("/usr/bin/other", world.surroundings()), "");
  world.programs = {"/work/dir/login", "./login", "bin/login", "login"};
  EXPECT_EQ(find_command("login", world.surroundings()), "");
}

TEST_F(ExecPlugin, IsNotThere) {
  world.programs.clear();
  EXPECT_EQ(error_of(),
            "credential plugin \"login\" of user \"me\": it is not in the PATH; install it");
  exec.install_hint = "  Get it:\n\n  brew install login\t\n";
  EXPECT_EQ(error_of(),
            "credential plugin \"login\" of user \"me\": it is not in the PATH; install it; the "
            "kubeconfig says: Get it: brew install login");
  exec.command = "/opt//login";
  exec.install_hint = "";
  EXPECT_EQ(error_of(),
            "credential plugin \"/opt/login\" of user \"me\": there is no such program, or it may "
            "not be run");
}

TEST_F(ExecPlugin, HowItCanEnd) {
  const std::string begin = "credential plugin \"login\" of user \"me\": ";
  const std::pair<ProcessOutcome, std::string> cases[] = {
      {{ProcessEnd::kSignalled, 9, ""}, "it was ended by signal 9; run it by hand to see why"},
      {{ProcessEnd::kTimedOut, 0, ""},
       "it did not end in time and was stopped; run it by hand to see what it waits for"},
      {{ProcessEnd::kStopped, 0, ""}, "it was interrupted"},
      {{ProcessEnd::kTooMuchOutput, 0, ""},
       "it printed more than 1 MiB, which no ExecCredential needs; run it by hand to see what it "
       "prints"},
      {{ProcessEnd::kNotStarted, ENOEXEC, ""}, "it could not be started: Exec format error"},
      {prints("s3cr3t garbage"),
       "its output is not an ExecCredential, neither as JSON nor as YAML; to see for yourself, run "
       "it by hand"},
      {prints(""), "it printed nothing; to see for yourself, run it by hand"},
  };
  for (const auto& [outcome, message] : cases) {
    world.outcomes = {outcome};
    EXPECT_EQ(error_of(), begin + message);
  }
}

// Real programs from here on.
class ExecPluginScripts : public ::testing::Test {
 protected:
  ExecPluginScripts() {
    char name[] = "/tmp/sts-plugin-XXXXXX";
    folder = ::mkdtemp(name);
  }
  ~ExecPluginScripts() override {
    ::unlink((folder + "/plugin").c_str());
    ::rmdir(folder.c_str());
  }

  Result<ClientIdentity> run(const std::string& script, ProcessStop stop = {}) {
    const std::string file = folder + "/plugin";
    std::ofstream(file) << "#!/bin/sh\n" << script;
    ::chmod(file.c_str(), 0700);
    Kubeconfig::Exec exec = login();
    exec.command = file;
    return exec_credentials("me", exec, {}, real_surroundings(std::move(stop)))->current();
  }

  std::string message(const Result<ClientIdentity>& result) const {
    return result ? "no error" : result.error().message.substr(folder.size() + 27);
  }

  std::string folder;
};

TEST_F(ExecPluginScripts, OneThatWorks) {
  const auto identity = run("printf '%s' '" + printed(R"({"token":"t"})") + "'");
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->authorization, "Bearer t");
}

TEST_F(ExecPluginScripts, AMegabyteOfGarbage) {
  EXPECT_EQ(message(run("head -c 1000000 /dev/zero | tr '\\0' x")),
            " of user \"me\": its output is not an ExecCredential, neither as JSON nor as YAML; to "
            "see for yourself, run it by hand");
  EXPECT_EQ(message(run("exec cat /dev/zero")),
            " of user \"me\": it printed more than 1 MiB, which no ExecCredential needs; run it by "
            "hand to see what it prints");
}

TEST_F(ExecPluginScripts, AMegabyteOfBlanksAndACredential) {
  EXPECT_TRUE(run("head -c 1000000 /dev/zero | tr '\\0' ' '; printf '%s' '" +
                  printed(R"({"token":"t"})") + "'"));
}

TEST_F(ExecPluginScripts, OneThatFails) {
  EXPECT_EQ(message(run("exit 3")),
            " of user \"me\": it failed with exit code 3; what it wrote above may say why, and its "
            "own login command may help");
}

TEST_F(ExecPluginScripts, OneThatHangsIsStopped) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(message(run("exec sleep 1000", {source.get_token()})),
            " of user \"me\": it was interrupted");
}

}  // namespace
}  // namespace sts::kube
