#include "kube/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <sstream>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

namespace sts {
namespace {

using std::chrono::milliseconds;

ProcessRequest shell(const std::string& script) {
  ProcessRequest request;
  request.file = "/bin/sh";
  request.arguments = {"-c", script};
  request.environment = {"PATH=/usr/bin:/bin"};
  return request;
}

ProcessOutcome run(const ProcessRequest& request, const ProcessStop& stop = {}) {
  auto outcome = run_process(request, stop);
  if (!outcome) {
    ADD_FAILURE() << outcome.error().message;
    return {};
  }
  return std::move(*outcome);
}

TEST(Process, OutputAndExitCode) {
  const ProcessOutcome good = run(shell("echo out; echo $0 $A"));
  EXPECT_EQ(good.end, ProcessEnd::kExited);
  EXPECT_EQ(good.code, 0);
  EXPECT_EQ(good.output, "out\n/bin/sh\n");
  EXPECT_EQ(run(shell("exit 7")).code, 7);
  ProcessRequest request = shell("printf '%s|' \"$@\" \"$A\"");
  request.arguments.insert(request.arguments.end(), {"x", "a b", "$(c)", ""});
  request.environment.emplace_back("A=1 2");
  EXPECT_EQ(run(request).output, "a b|$(c)||1 2|");
}

TEST(Process, StdinIsEmptyUnlessInherited) {
  ProcessRequest request = shell("readlink /proc/self/fd/0");
  EXPECT_EQ(run(request).output, "/dev/null\n");
  const int null = ::dup(STDIN_FILENO);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::dup2(ends[0], STDIN_FILENO);
  request.inherit_stdin = true;
  EXPECT_THAT(run(request).output, testing::StartsWith("pipe:"));
  ::dup2(null, STDIN_FILENO);
  for (const int fd : {null, ends[0], ends[1]}) ::close(fd);
}

TEST(Process, NothingElseIsInherited) {
  const std::string before = run(shell("ls /proc/self/fd | wc -l")).output;
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  EXPECT_EQ(run(shell("ls /proc/self/fd | wc -l")).output, before);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Process, WhatCannotBeStarted) {
  ProcessRequest request = shell("");
  request.file = "/nowhere/plugin";
  const ProcessOutcome outcome = run(request);
  EXPECT_EQ(outcome.end, ProcessEnd::kNotStarted);
  EXPECT_EQ(outcome.code, ENOENT);
}

TEST(Process, Signals) {
  const ProcessOutcome outcome = run(shell("kill -9 $$"));
  EXPECT_EQ(outcome.end, ProcessEnd::kSignalled);
  EXPECT_EQ(outcome.code, SIGKILL);
}

// The caller reads its signals from a signalfd and ignores SIGPIPE; a child that inherited that
// could not be interrupted.
TEST(Process, SignalsAreTheChildsOwn) {
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto pipe_before = ::signal(SIGPIPE, SIG_IGN);
  const std::string output =
      run(shell("awk '/^Sig(Blk|Ign)/ { printf \"%s \", $2 }' /proc/self/status")).output;
  ::signal(SIGPIPE, pipe_before);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  std::istringstream words(output);
  words >> std::hex;
  std::uint64_t blocked_there = 1;
  std::uint64_t ignored_there = 1;
  words >> blocked_there >> ignored_there;
  EXPECT_EQ(blocked_there, 0U);
  // Above 31 are glibc's own, which posix_spawn sees to.
  EXPECT_EQ(ignored_there & 0x7fffffffU, 0U);
}

TEST(Process, OutputUpToTheLimit) {
  ProcessRequest request = shell("head -c 1048576 /dev/zero");
  const ProcessOutcome all = run(request);
  EXPECT_EQ(all.end, ProcessEnd::kExited);
  EXPECT_EQ(all.output.size(), 1U << 20);
  request = shell("cat /dev/zero");
  const ProcessOutcome more = run(request);
  EXPECT_EQ(more.end, ProcessEnd::kTooMuchOutput);
  EXPECT_EQ(more.output, "");
}

TEST(Process, Timeout) {
  ProcessRequest request = shell("echo started; exec sleep 1000");
  request.timeout = milliseconds(50);
  EXPECT_EQ(run(request).end, ProcessEnd::kTimedOut);
  request = shell("exec >&-; exec sleep 1000");  // its output is closed, but it is still there
  request.timeout = milliseconds(50);
  EXPECT_EQ(run(request).end, ProcessEnd::kTimedOut);
  request = shell("trap '' TERM; exec sleep 1000");
  request.timeout = milliseconds(50);
  EXPECT_EQ(run(request).end, ProcessEnd::kTimedOut);
}

TEST(Process, StopToken) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(run(shell("exec sleep 1000"), {source.get_token()}).end, ProcessEnd::kStopped);

  std::stop_source later;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  // The child says when it runs; only then is it stopped.
  std::jthread stopper([&] {
    char byte = 0;
    EXPECT_EQ(::read(ends[0], &byte, 1), 1);
    later.request_stop();
  });
  const std::string fd = std::to_string(ends[1]);
  EXPECT_EQ(run(shell("echo >&" + fd + "; exec sleep 1000"), {later.get_token()}).end,
            ProcessEnd::kStopped);
  stopper.join();
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Process, StopDescriptor) {
  const int fd = ::eventfd(1, EFD_CLOEXEC);
  EXPECT_EQ(run(shell("exec sleep 1000"), {{}, fd}).end, ProcessEnd::kStopped);
  eventfd_t value = 0;
  EXPECT_EQ(::eventfd_read(fd, &value), 0);  // it was not read
  ::close(fd);
}

}  // namespace
}  // namespace sts
