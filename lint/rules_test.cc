// Every fixture of testdata/rules is linted as a project of its own and compared with what is
// expected of it. STS_UPDATE_GOLDEN=1 writes the expectations anew, and fails where one was
// changed: read it, then run again without.
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
      options.rules.assume = value == "complete" ? Completeness::kComplete : Completeness::kPartial;
    } else {
      FAIL() << "unknown flag in a fixture: " << flag;
    }
  }
}

// Relative path to bytes' path, of every file below a folder.
std::map<std::string, fs::path> files_below(const fs::path& folder) {
  std::map<std::string, fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).generic_string()] = entry.path();
    }
  }
  return files;
}

SelectedFile selected_file(const std::string& name, const std::string& shown, std::string bytes,
                           bool target) {
  SelectedFile selected;
  selected.file = std::make_shared<ProjectFile>();
  selected.file->path = name;
  selected.file->folder = fs::path(name).parent_path().generic_string();
  selected.file->target = target;
  selected.name = shown;
  selected.size = bytes.size();
  selected.read = [bytes = std::move(bytes)]() -> Result<std::string> { return bytes; };
  return selected;
}

// A folder is a project of its own; one with before/ and after/ is a project and its base.
LintReport lint_fixture(const Fixture& fixture) {
  Selection selection;
  selection.root_kind = ProjectRoot::kNamed;
  LintOptions options;
  std::map<std::string, fs::path> files;
  if (fs::is_directory(fixture.path / "before")) {
    selection.root = (fixture.path / "after").string();
    files = files_below(fixture.path / "after");
    selection.base.emplace();
    for (const auto& [name, path] : files_below(fixture.path / "before")) {
      selection.base->push_back(selected_file(name, "before:" + name, read_file(path), false));
    }
  } else if (fs::is_directory(fixture.path)) {
    selection.root = fixture.path.string();
    files = files_below(fixture.path);
  } else {
    selection.root = fixture.path.parent_path().string();
    files[fixture.path.filename().string()] = fixture.path;
  }
  for (const auto& [name, path] : files) {
    std::string bytes = read_file(path);
    apply_flags(bytes, options);
    selection.files.push_back(selected_file(name, name, std::move(bytes), true));
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
  const bool is_new = !fs::exists(fixture.expected());
  if (std::getenv("STS_UPDATE_GOLDEN") != nullptr &&
      (is_new || read_file(fixture.expected()) != actual)) {
    std::ofstream(fixture.expected(), std::ios::binary) << actual;
    ADD_FAILURE() << (is_new ? "wrote " : "updated ") << fs::relative(fixture.expected(), kRoot)
                  << "; read it, and run again without STS_UPDATE_GOLDEN. It says\n"
                  << actual;
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

// What a rule consists of beside its source. Each test names all that is missing, not the first.

const std::vector<std::string> kSections = {
    "## What it finds", "## Why", "## Example", "## Fix", "## When it stays silent", "## Sources"};

std::string collapsed(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

fs::path page_path(const Rule& rule) {
  return kRoot / "docs/rules" / (std::string(rule.id) + ".md");
}

// The messages that the rule's fixtures expect of it.
std::vector<std::string> expected_messages(const Rule& rule) {
  std::vector<std::string> messages;
  const std::string mark = " [" + std::string(rule.id) + "]";
  const fs::path folder = kFixtures / std::string(rule.id);
  if (!fs::is_directory(folder)) return messages;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".out") continue;
    std::istringstream lines(read_file(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      if (!line.ends_with(mark)) continue;
      for (const char* severity : {": error: ", ": warning: ", ": info: "}) {
        const std::size_t at = line.find(severity);
        if (at == std::string::npos) continue;
        const std::size_t begin = at + std::string(severity).size();
        messages.push_back(line.substr(begin, line.size() - mark.size() - begin));
        break;
      }
    }
  }
  return messages;
}

TEST(AllRules, HaveCodesAndIdsOfTheirOwn) {
  std::set<int> codes;
  std::set<std::string_view> ids;
  int last = 0;
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(codes.insert(rule->code).second) << rule->code << " stands twice";
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id << " stands twice";
    EXPECT_GT(rule->code, last) << rule->id << " is out of order in list.inc";
    EXPECT_FALSE(rule->title.empty()) << rule->id;
    last = rule->code;
  }
}

TEST(AllRules, HaveABadAnOkAndATrapFixture) {
  std::map<std::string, std::set<std::string>> kinds;
  for (const Fixture& fixture : all_fixtures()) {
    kinds[fixture.rule].insert(fixture.kind);
    EXPECT_THAT(fixture.kind, testing::AnyOf("bad", "ok", "trap")) << fixture.path;
    EXPECT_NE(find_rule(fixture.rule), nullptr) << "fixtures of no rule: " << fixture.rule;
  }
  for (const Rule* rule : all_rules()) {
    if (rule->id == "input-unreadable") continue;  // no file can show it
    EXPECT_THAT(kinds[std::string(rule->id)], testing::ElementsAre("bad", "ok", "trap"))
        << rule->id;
  }
}

TEST(AllRules, HaveAPageWithAllSections) {
  for (const Rule* rule : all_rules()) {
    const std::string page = read_file(page_path(*rule));
    const std::string title = "# " + std::string(rule->id) + " (" + code_of(*rule) + ")\n";
    EXPECT_TRUE(page.starts_with(title)) << page_path(*rule) << " does not begin with " << title;
    std::size_t at = 0;
    for (const std::string& section : kSections) {
      const std::size_t found = page.find("\n" + section + "\n", at);
      EXPECT_NE(found, std::string::npos) << page_path(*rule) << ": no " << section;
      if (found != std::string::npos) at = found;
    }
  }
}

TEST(AllRules, ShowAMessageThatAFixtureExpects) {
  for (const Rule* rule : all_rules()) {
    if (rule->id == "input-unreadable") continue;
    const std::string page = collapsed(read_file(page_path(*rule)));
    const std::vector<std::string> messages = expected_messages(*rule);
    EXPECT_TRUE(std::any_of(messages.begin(), messages.end(),
                            [&](const std::string& message) {
                              return page.find(collapsed(message) + " [" + std::string(rule->id) +
                                               "]") != std::string::npos;
                            }))
        << page_path(*rule) << ": the example's message is in no expected output";
  }
}

TEST(AllPages, BelongToARule) {
  for (const auto& entry : fs::directory_iterator(kRoot / "docs/rules")) {
    const std::string id = entry.path().stem().string();
    EXPECT_TRUE(id == "README" || find_rule(id) != nullptr) << entry.path();
  }
}

TEST(AllExpectations, BelongToAFixture) {
  std::set<fs::path> known;
  for (const Fixture& fixture : all_fixtures()) {
    EXPECT_TRUE(known.insert(fixture.expected()).second)
        << "two fixtures expect " << fixture.expected();
  }
  for (const auto& entry : fs::recursive_directory_iterator(kFixtures)) {
    if (entry.path().extension() != ".out") continue;
    EXPECT_TRUE(known.contains(entry.path())) << entry.path();
  }
}

}  // namespace
}  // namespace sts::lint
