// Every fixture of testdata/rules is linted as a project of its own and compared with what is
// expected of it. STS_UPDATE_GOLDEN=1 writes the expectations anew: read what changed.
#include "lint/index/builder.h"
#include "lint/linter.h"
#include "lint/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = fs::path(STS_SOURCE_DIR);
const fs::path kFixtures = kRoot / "testdata/rules";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Fixture {
  std::string rule;  // its folder
  std::string kind;  // bad, ok, trap
  fs::path path;     // a file, or a folder that is a project
  fs::path expected() const {
    return path.parent_path() / (fs::is_directory(path) ? path.filename().string() + ".out"
                                                        : path.stem().string() + ".out");
  }
};

void PrintTo(const Fixture& fixture, std::ostream* out) {
  *out << fs::relative(fixture.path, kFixtures).string();
}

std::vector<Fixture> all_fixtures() {
  std::vector<Fixture> fixtures;
  if (!fs::is_directory(kFixtures)) return fixtures;
  for (const auto& folder : fs::directory_iterator(kFixtures)) {
    if (!folder.is_directory()) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".out") continue;
      const std::string name = entry.path().filename().string();
      fixtures.push_back(
          {folder.path().filename().string(), name.substr(0, name.find('-')), entry.path()});
    }
  }
  std::sort(fixtures.begin(), fixtures.end(),
            [](const Fixture& a, const Fixture& b) { return a.path < b.path; });
  return fixtures;
}

// `# flags: --kubernetes-version 1.33 -n prod --enable x` in the first line of some file.
void apply_flags(const std::string& bytes, LintOptions& options) {
  const std::string line = bytes.substr(0, bytes.find('\n'));
  const std::string mark = "# flags:";
  if (!line.starts_with(mark)) return;
  std::istringstream words(line.substr(mark.size()));
  std::string flag;
  while (words >> flag) {
    std::string value;
    ASSERT_TRUE(words >> value) << "flag without value: " << flag;
    if (flag == "--kubernetes-version") {
      const auto version = kube::parse_version(value);
      ASSERT_TRUE(version) << value;
      options.rules.kubernetes_version = *version;
    } else if (flag == "-n" || flag == "--namespace") {
      options.rules.ambient_namespace = value;
    } else if (flag == "--cluster-domain") {
      options.rules.cluster_domain = value;
    } else if (flag == "--enable") {
      options.rules.enabled.push_back(value);
    } else if (flag == "--assume") {
      options.rules.assume =
          value == "complete" ? Completeness::kComplete : Completeness::kPartial;
    } else {
      FAIL() << "unknown flag in a fixture: " << flag;
    }
  }
}

LintReport lint_fixture(const Fixture& fixture) {
  Selection selection;
  selection.root_kind = ProjectRoot::kNamed;
  LintOptions options;
  std::map<std::string, fs::path> files;
  if (fs::is_directory(fixture.path)) {
    selection.root = fixture.path.string();
    for (const auto& entry : fs::recursive_directory_iterator(fixture.path)) {
      if (entry.is_regular_file()) {
        files[fs::relative(entry.path(), fixture.path).generic_string()] = entry.path();
      }
    }
  } else {
    selection.root = fixture.path.parent_path().string();
    files[fixture.path.filename().string()] = fixture.path;
  }
  for (const auto& [name, path] : files) {
    std::string bytes = read_file(path);
    apply_flags(bytes, options);
    SelectedFile selected;
    selected.file = std::make_shared<ProjectFile>();
    selected.file->path = name;
    selected.file->folder = fs::path(name).parent_path().generic_string();
    selected.file->target = true;
    selected.name = name;
    selected.size = bytes.size();
    selected.read = [bytes = std::move(bytes)]() -> Result<std::string> { return bytes; };
    selection.files.push_back(std::move(selected));
  }
  return lint(selection, options);
}

std::string position(const kube::Position& at) {
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string indented(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

std::string describe(const Finding& finding) {
  const kube::Span span = finding.place.span();
  std::string out = finding.place.source->name() + ":" + position(span.begin) + "-" +
                    position(span.end) + ": " + std::string(to_string(finding.severity)) + ": " +
                    finding.message + " [" + std::string(finding.rule->id) + "]\n";
  for (const Related& related : finding.related) {
    out += "  related " + related.place.source->name() + ":" +
           position(related.place.span().begin) + ": " + related.message + "\n";
  }
  if (!finding.fix.empty()) out += "  fix: " + indented(finding.fix) + "\n";
  return out;
}

class RuleFixture : public testing::TestWithParam<Fixture> {};

TEST_P(RuleFixture, GivesWhatIsExpected) {
  const Fixture& fixture = GetParam();
  const LintReport report = lint_fixture(fixture);
  std::string actual;
  bool mentioned = false;
  for (const Finding& finding : report.findings) {
    const bool own = finding.rule->id == fixture.rule;
    mentioned = mentioned || own;
    // Infos of other rules are left out, so that a fixture shows what it is about.
    if (own || finding.severity != Severity::kInfo) actual += describe(finding);
  }
  if (std::getenv("STS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(fixture.expected(), std::ios::binary) << actual;
  }
  EXPECT_EQ(fixture.kind == "bad", mentioned)
      << (mentioned ? "reports its rule, and should not" : "does not report its rule");
  ASSERT_TRUE(fs::exists(fixture.expected())) << "no " << fixture.expected() << "; got\n" << actual;
  EXPECT_EQ(read_file(fixture.expected()), actual);
}

std::string test_name(const testing::TestParamInfo<Fixture>& info) {
  std::string name = info.param.rule + "_" + info.param.path.stem().string();
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name + (info.param.path.extension() == ".json" ? "_json" : "");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RuleFixture);
INSTANTIATE_TEST_SUITE_P(All, RuleFixture, testing::ValuesIn(all_fixtures()), test_name);

}  // namespace
}  // namespace sts::lint
