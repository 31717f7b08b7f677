#include "lint/report/github.h"

#include "lint/report/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

namespace sts::lint {
namespace {

using testing::finding_at;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::source;

struct Command {
  std::string name;
  std::map<std::string, std::string> properties;
  std::string data;
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string unescape_data(std::string text) {
  text = replaced(text, "%0D", "\r");
  text = replaced(text, "%0A", "\n");
  return replaced(text, "%25", "%");
}

std::string unescape_property(std::string text) {
  text = replaced(text, "%0D", "\r");
  text = replaced(text, "%0A", "\n");
  text = replaced(text, "%3A", ":");
  text = replaced(text, "%2C", ",");
  return replaced(text, "%25", "%");
}

// The steps of the runner's ActionCommand.TryParseV2.
std::optional<Command> parse(std::string line) {
  line.erase(0, line.find_first_not_of(" \t"));
  if (!line.starts_with("::")) return std::nullopt;
  const std::size_t end = line.find("::", 2);
  if (end == std::string::npos) return std::nullopt;
  const std::string info = line.substr(2, end - 2);
  const std::size_t space = info.find(' ');
  Command command;
  command.name = info.substr(0, space);
  if (space != std::string::npos) {
    std::istringstream properties(info.substr(space + 1));
    for (std::string property; std::getline(properties, property, ',');) {
      const std::size_t equals = property.find('=');
      if (equals == std::string::npos || equals + 1 == property.size()) continue;
      command.properties[property.substr(0, equals)] =
          unescape_property(property.substr(equals + 1));
    }
  }
  command.data = unescape_data(line.substr(end + 2));
  return command;
}

std::vector<Command> commands_of(const LintReport& report, const Presentation& presentation = {}) {
  std::istringstream lines(render_github(report, presentation));
  std::vector<Command> commands;
  for (std::string line; std::getline(lines, line);) {
    if (auto command = parse(line)) commands.push_back(*command);
  }
  return commands;
}

LintReport report_of(std::vector<Finding> findings) {
  LintReport report;
  report.findings = std::move(findings);
  report.files = 1;
  report.objects = 1;
  return report;
}

TEST(GitHub, TheRunnerReadsWhatWasMeant) {
  Finding finding = finding_at(source("a,b:c%2C.yaml", "name: x\n"), "x",
                               "100%, really: 50%0A ::error::\xe2\x80\xae");
  finding.fix = "name: y\nand: z";
  finding.related.push_back({finding.place, "note"});
  const auto commands = commands_of(report_of({finding}));
  ASSERT_EQ(commands.size(), 1);
  EXPECT_EQ(commands[0].name, "error");
  EXPECT_EQ(commands[0].properties, (std::map<std::string, std::string>{{"file", "a,b:c%2C.yaml"},
                                                                        {"line", "1"},
                                                                        {"endLine", "1"},
                                                                        {"col", "7"},
                                                                        {"endColumn", "8"},
                                                                        {"title", "some-rule"}}));
  EXPECT_EQ(commands[0].data,
            "100%, really: 50%0A ::error::\\u202e\na,b:c%2C.yaml:1: note\nfix: name: y\n  and: z");
}

TEST(GitHub, ANameMayBeginWithAColon) {
  const auto commands = commands_of(report_of({finding_at(source("::a.yaml", "x\n"), "x", "m")}));
  ASSERT_EQ(commands.size(), 1);
  EXPECT_EQ(commands[0].properties.at("file"), "::a.yaml");
}

TEST(GitHub, AFileThatWasNotReadHasNoColumns) {
  Finding finding = finding_at(source("a.yaml", ""), "", "is gone");
  finding.place.whole_file = true;
  finding.related.push_back({finding.place, "this one"});
  const auto commands = commands_of(report_of({finding}));
  ASSERT_EQ(commands.size(), 1);
  EXPECT_EQ(commands[0].properties,
            (std::map<std::string, std::string>{
                {"file", "a.yaml"}, {"line", "1"}, {"endLine", "1"}, {"title", "some-rule"}}));
  EXPECT_EQ(commands[0].data, "is gone\na.yaml: this one");
  EXPECT_THAT(github_summary(report_of({finding}), {}, 4096), HasSubstr("| a.yaml | is gone |"));
}

TEST(GitHub, NoColumnsWhereLinesDiffer) {
  const auto commands =
      commands_of(report_of({finding_at(source("a", "x:\n  y: 1\n"), "x:\n  y", "m")}));
  ASSERT_EQ(commands.size(), 1);
  EXPECT_FALSE(commands[0].properties.contains("col"));
  EXPECT_FALSE(commands[0].properties.contains("endColumn"));
  EXPECT_EQ(commands[0].properties.at("endLine"), "2");
}

TEST(GitHub, MostSevereFirstAndTenOfEach) {
  const auto file = source("a", "x\n");
  std::vector<Finding> findings(12, finding_at(file, "x", "w", Severity::kWarning));
  findings.insert(findings.end(), 11, finding_at(file, "x", "e"));
  findings.push_back(finding_at(file, "x", "i", Severity::kInfo));
  const LintReport report = report_of(std::move(findings));
  std::string order;
  for (const Command& command : commands_of(report)) order += command.name[0];
  EXPECT_EQ(order, "eeeeeeeeeewwwwwwwwwwn");
  EXPECT_THAT(render_github(report, {}),
              HasSubstr("\n1 more error, 2 more warnings: see the job summary\n"
                        "11 errors, 12 warnings, 1 info in 1 file (1 object)\n"));
}

TEST(GitHub, MessagesFitTheRunner) {
  std::string longest;
  for (int i = 0; i < 3000; ++i) longest += "\xf0\x9f\x98\x80";  // two UTF-16 units each
  const auto commands = commands_of(report_of({finding_at(source("a", "x\n"), "x", longest)}));
  ASSERT_EQ(commands.size(), 1);
  EXPECT_EQ(commands[0].data, longest.substr(0, std::size_t{2047} * 4) + "…");
}

TEST(GitHub, FilesAreNamedFromTheWorkspace) {
  Presentation presentation;
  presentation.file_prefix = "charts/db/";
  const auto commands =
      commands_of(report_of({finding_at(source("a.yaml", "x\n"), "x", "m")}), presentation);
  ASSERT_EQ(commands.size(), 1);
  EXPECT_EQ(commands[0].properties.at("file"), "charts/db/a.yaml");
}

TEST(GitHub, NothingFromAManifestIsACommand) {
  const std::string text = render_github(
      report_of({finding_at(source("##[a]", "x\n"), "x", "##[add-mask]m\n::add-mask::y")}), {});
  EXPECT_THAT(text, Not(HasSubstr("##[")));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(GitHubSummary, IsATable) {
  Finding finding = finding_at(source("a.yaml", "x\n"), "x", "a | b <script> `c` @team");
  finding.fix = "one\ntwo";
  EXPECT_EQ(github_summary(report_of({finding}), {}, 1 << 20),
            "### kubectl sts lint: 1 error in 1 file\n\n"
            "| Severity | Place | Finding | Rule |\n"
            "| --- | --- | --- | --- |\n"
            "| error | a.yaml&#58;1 | a &#124; b &#60;script&#62; &#96;c&#96; &#64;team"
            "<br>fix&#58; one&#92;ntwo | some-rule |\n\n");
}

TEST(GitHubSummary, FitsTheRunner) {
  const auto file = source("a.yaml", "x\n");
  std::vector<Finding> findings(20'000, finding_at(file, "x", std::string(200, 'm')));
  const std::string summary = github_summary(report_of(std::move(findings)), {}, 1'000'000);
  EXPECT_LE(summary.size(), 1'000'000);
  EXPECT_GT(summary.size(), 990'000);
  EXPECT_THAT(summary, ::testing::ContainsRegex("\nand [0-9]+ more\n\n$"));
  EXPECT_EQ(github_summary(report_of({}), {}, 10), "");
}

TEST(GitHubOutputs, CountsFindings) {
  const auto file = source("a.yaml", "x\n");
  EXPECT_EQ(github_outputs(report_of({finding_at(file, "x", "m"),
                                      finding_at(file, "x", "m", Severity::kWarning),
                                      finding_at(file, "x", "m", Severity::kInfo)})),
            "findings=3\nerrors=1\nwarnings=1\n");
}

}  // namespace
}  // namespace sts::lint
