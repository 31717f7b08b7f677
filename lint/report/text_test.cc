#include "lint/report/format.h"
#include "lint/report/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::lint {
namespace {

using testing::finding_at;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::source;

LintReport report_of(std::vector<Finding> findings) {
  LintReport report;
  report.findings = std::move(findings);
  report.files = 2;
  report.objects = 3;
  return report;
}

std::string text_of(std::vector<Finding> findings, const Presentation& presentation = {}) {
  return render_text(report_of(std::move(findings)), presentation);
}

TEST(TextReport, LooksAsPromised) {
  const auto set = source("db/sts.yaml", std::string(13, '\n') + "  serviceName: db-headles\n");
  const auto service = source("db/svc.yaml", "kind: Service\nmetadata:\n\n  name: db-headless\n");
  Finding finding = finding_at(
      set, "db-headles",
      "StatefulSet \"db\" names Service \"db-headles\", which nothing in this project defines");
  finding.related.push_back(
      {{service, {33, 44}}, "headless Service \"db-headless\" selects these pods"});
  finding.fix = "serviceName: db-headless";
  EXPECT_EQ(
      text_of({finding}),
      R"(db/sts.yaml:14:16: error: StatefulSet "db" names Service "db-headles", which nothing in this project defines [some-rule]
   14 |   serviceName: db-headles
      |                ^~~~~~~~~~
  db/svc.yaml:4:9: note: headless Service "db-headless" selects these pods
  fix: serviceName: db-headless

1 error in 2 files (3 objects)
)");
}

TEST(TextReport, GroupsByFile) {
  const auto a = source("a.yaml", "x: 1\n");
  const auto b = source("b.yaml", "y: 2\n");
  EXPECT_EQ(text_of({finding_at(a, "x", "one", Severity::kWarning), finding_at(a, "1", "two"),
                     finding_at(b, "y", "three", Severity::kInfo)}),
            R"(a.yaml:1:1: warning: one [some-rule]
    1 | x: 1
      | ^
a.yaml:1:4: error: two [some-rule]
    1 | x: 1
      |    ^

b.yaml:1:1: info: three [some-rule]
    1 | y: 2
      | ^

1 error, 1 warning, 1 info in 2 files (3 objects)
)");
}

TEST(TextReport, SaysThatAllIsWell) {
  LintReport report = report_of({});
  report.files = 1;
  report.objects = 1;
  report.suppressed = 2;
  EXPECT_EQ(render_text(report, {}), "no problems found in 1 file (1 object), 2 ignored\n");
}

TEST(TextReport, UnderlinesWhatIsSeen) {
  EXPECT_THAT(text_of({finding_at(source("a", "\tname: x\n"), "x", "m")}),
              HasSubstr("    1 |     name: x\n      |           ^\n"));
  // Full-width characters take two columns, a combining accent none.
  EXPECT_THAT(
      text_of({finding_at(source("a", "\xe6\x97\xa5\xe6\x9c\xac: e\xcc\x81x\n"), "x", "m")}),
      HasSubstr("      |        ^\n"));
  EXPECT_THAT(text_of({finding_at(source("a", "\x1b: x\n"), "x", "m")}),
              HasSubstr("    1 | \\x1b: x\n      |       ^\n"));
}

TEST(TextReport, UnderlinesTheFirstOfManyLines) {
  EXPECT_THAT(text_of({finding_at(source("a", "a:\n  b: 1\n  c: 2\n"), "b: 1\n  c: 2", "m")}),
              HasSubstr("    2 |   b: 1\n      |   ^~~~\n"));
}

TEST(TextReport, CutsLongLinesAroundThePlace) {
  const std::string text = text_of({finding_at(
      source("a", std::string(500, 'a') + "HERE" + std::string(500, 'b')), "HERE", "m")});
  EXPECT_THAT(text, HasSubstr("    1 | …" + std::string(30, 'a') + "HERE" + std::string(66, 'b') +
                              "…\n      | " + std::string(31, ' ') + "^~~~\n"));
}

TEST(TextReport, EmptySourcesHaveNoSnippet) {
  Finding finding = finding_at(source("gone.yaml", ""), "", "No such file or directory");
  EXPECT_EQ(text_of({finding}),
            "gone.yaml:1:1: error: No such file or directory [some-rule]\n\n"
            "1 error in 2 files (3 objects)\n");
}

TEST(TextReport, KeepsTheLinesOfAFix) {
  Finding finding = finding_at(source("a", "x\n"), "x", "m");
  finding.fix = "clusterIP: None\nports: []";
  EXPECT_THAT(text_of({finding}), HasSubstr("  fix:\n    clusterIP: None\n    ports: []\n"));
}

TEST(TextReport, ManifestsCannotSpeakToTheTerminal) {
  Finding finding = finding_at(source("\x1b]0;x\x07", "na\x1bme\n"), "na", "m\x1b[31m");
  finding.fix = "\x1b[0m";
  finding.related.push_back({finding.place, "\xe2\x80\xae"});
  const std::string text = text_of({finding});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae")));
}

TEST(TextReport, ManifestsCannotSpeakToTheRunner) {
  Presentation log;
  log.reader = Reader::kActionsLog;
  Finding finding = finding_at(source("::error::x", "##[error]x\n"), "x", "m ##[add-mask]x");
  const std::string text = text_of({finding}, log);
  EXPECT_THAT(text, Not(HasSubstr("##[")));
  EXPECT_THAT(text, ::testing::StartsWith("\\x3a:error"));
}

TEST(TextReport, IsColouredOnRequest) {
  Presentation colour;
  colour.colour = true;
  EXPECT_THAT(text_of({finding_at(source("a", "x\n"), "x", "m")}, colour),
              HasSubstr("\x1b[1;31merror:\x1b[0m"));
}

}  // namespace
}  // namespace sts::lint
