#include "cmd/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::cmd {
namespace {

using testing::ElementsAre;

LintCommand lint_command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "lint");
  const auto command = parse_command_line(std::move(arguments), "kubectl sts");
  if (!command) {
    ADD_FAILURE() << command.error().message;
    return {};
  }
  return std::get<LintCommand>(*command);
}

std::string error_of(std::vector<std::string> arguments) {
  const auto command = parse_command_line(std::move(arguments), "kubectl sts");
  return command ? "no error" : command.error().message;
}

TEST(CommandLine, PathsAndFilenames) {
  const LintCommand command = lint_command({"a", "-f", "b", "c*", "-f=d", "-", "-Rf", "e"});
  EXPECT_THAT(command.request.paths, ElementsAre("a", "c*", "-"));
  EXPECT_THAT(command.request.filenames, ElementsAre("b", "d", "e"));
  EXPECT_TRUE(command.request.recursive);
}

// pflag's spellings; CLI11 alone would read "=prod".
TEST(CommandLine, ValuesOfShortFlags) {
  for (const auto& spelling : std::vector<std::vector<std::string>>{
           {"-n", "prod"}, {"-nprod"}, {"-n=prod"}, {"--namespace=prod"}, {"-Rn=prod"}}) {
    std::vector<std::string> arguments = spelling;
    arguments.emplace_back(".");
    EXPECT_EQ(lint_command(arguments).name_space, "prod") << spelling.front();
  }
  EXPECT_EQ(lint_command({"-n=a", "-n", "b", "."}).name_space, "b");
  EXPECT_EQ(lint_command({"-n", "", "."}).name_space, std::nullopt);
  EXPECT_THAT(lint_command({"--", "-n=a", "--output"}).request.paths,
              ElementsAre("-n=a", "--output"));
  EXPECT_THAT(lint_command({"-f", "a=b", "-f=c=d"}).request.filenames, ElementsAre("a=b", "c=d"));
}

TEST(CommandLine, Sizes) {
  const auto size = [](const std::string& text) {
    return lint_command({"--max-file-size", text, "."}).request.max_file_size;
  };
  EXPECT_EQ(size("4096"), 4096);
  EXPECT_EQ(size("2k"), 2048);
  EXPECT_EQ(size("2KiB"), 2048);
  EXPECT_EQ(size("64M"), 64U << 20);
  EXPECT_EQ(size("3Gi"), 3ULL << 30);
  EXPECT_EQ(lint_command({"."}).request.max_file_size, 64U << 20);
  for (const char* wrong : {"", "x", "-1", "0", "1X", "1 M", "4G", "99999999999999999999"}) {
    EXPECT_THAT(error_of({"lint", "--max-file-size", wrong, "."}),
                testing::HasSubstr("--max-file-size"))
        << wrong;
  }
}

TEST(CommandLine, FailOn) {
  EXPECT_EQ(lint_command({"."}).fail_on, lint::Severity::kError);
  EXPECT_EQ(lint_command({"--fail-on", "info", "."}).fail_on, lint::Severity::kInfo);
  EXPECT_EQ(lint_command({"--fail-on=never", "."}).fail_on, std::nullopt);
}

TEST(CommandLine, EnableTakesIdsAndCodes) {
  EXPECT_THAT(lint_command({"--enable", "STS005,yaml-syntax", "--enable", "sts003", "."}).enabled,
              ElementsAre("unused-ignore", "yaml-syntax", "duplicate-key"));
}

TEST(CommandLine, ErrorsNameTheCommandsHelp) {
  EXPECT_EQ(error_of({"lint", "--nope", "."}),
            "unknown flag: --nope; run 'kubectl sts lint --help'");
  EXPECT_EQ(error_of({"lint", "-x", "."}),
            "unknown shorthand flag: 'x' in -x; run 'kubectl sts lint --help'");
  EXPECT_EQ(error_of({"explain", "a", "b"}),
            "explain takes one ID; run 'kubectl sts explain --help'");
  EXPECT_EQ(error_of({"version", "a"}),
            "unexpected argument \"a\"; run 'kubectl sts version --help'");
  EXPECT_EQ(error_of({"frobnicate"}),
            "unknown command \"frobnicate\" for \"kubectl sts\"; run 'kubectl sts --help'");
}

TEST(ProgramName, IsWhatTheUserTypes) {
  EXPECT_EQ(program_name("/usr/local/bin/kubectl-sts"), "kubectl sts");
  EXPECT_EQ(program_name("kubectl-sts"), "kubectl sts");
  EXPECT_EQ(program_name("/opt/kubectl-statefulset_tools"), "kubectl statefulset-tools");
  EXPECT_EQ(program_name("./sts"), "sts");
  EXPECT_EQ(program_name(""), "kubectl sts");
}

}  // namespace
}  // namespace sts::cmd
