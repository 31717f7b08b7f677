#include "lint/input/selection.h"

#include "lint/input/paths.h"
#include "lint/input/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class SelectionTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "selection.XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = fs::canonical(pattern).string();
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text = "a: 1\n") {
    fs::create_directories(fs::path(root_ + "/" + path).parent_path());
    std::ofstream(root_ + "/" + path) << text;
  }

  void git(std::vector<std::string> words) {
    std::vector<std::string> argv = {
        "git", "-C", root_, "-c", "user.name=t", "-c", "user.email=t@example.com"};
    argv.insert(argv.end(), words.begin(), words.end());
    const auto result = run_program(argv);
    ASSERT_TRUE(result) << result.error().message;
  }

  Result<Selections> select(std::vector<std::string> paths, const std::string& folder = "") {
    SelectionRequest request = request_;
    request.paths = std::move(paths);
    request.working_directory = folder.empty() ? root_ : root_ + "/" + folder;
    return select_inputs(request, [] { return Result<std::string>("a: stdin\n"); });
  }

  // "name" for targets, "(name)" for the rest of the project.
  static std::vector<std::string> names(const Selection& selection) {
    std::vector<std::string> result;
    for (const SelectedFile& file : selection.files) {
      result.push_back(file.file->target ? file.name : "(" + file.name + ")");
    }
    return result;
  }

  std::string root_;
  SelectionRequest request_;
};

TEST_F(SelectionTest, NoPathIsAUsageErrorThatNamesTheFolder) {
  const auto result = select({});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message,
            "no file or folder given; to lint this folder: kubectl sts lint .");
}

TEST_F(SelectionTest, AFolderIsWalkedAndSorted) {
  write("b/z.yml");
  write("a.yaml");
  write("b/c/d.json");
  write("b/notes.txt");
  write(".git-not/x.yaml");
  write("node_modules/p/x.yaml");
  const auto result = select({"."});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 1U);
  EXPECT_THAT(names(result->projects[0]),
              ElementsAre(".git-not/x.yaml", "a.yaml", "b/c/d.json", "b/z.yml"));
  EXPECT_FALSE(result->projects[0].lone_files);
  EXPECT_EQ(result->projects[0].root_kind, ProjectRoot::kInputs);
}

TEST_F(SelectionTest, ALoneFileIsNoProject) {
  write("sts.yaml");
  write("svc.yaml");
  const auto result = select({"sts.yaml"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 1U);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("sts.yaml"));
  EXPECT_TRUE(result->projects[0].lone_files);
  EXPECT_TRUE(result->projects[0].files[0].explicitly_named);
}

TEST_F(SelectionTest, AFileInsideAConfiguredFolderBringsItsProject) {
  write(".kubectl-sts.yaml", "namespace: prod\n");
  write("sts/sts.yaml");
  write("svc/svc.yaml");
  const auto result = select({"sts.yaml"}, "sts");
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 1U);
  const Selection& project = result->projects[0];
  EXPECT_EQ(project.root_kind, ProjectRoot::kConfigFile);
  EXPECT_THAT(names(project), ElementsAre("sts.yaml", "(../svc/svc.yaml)"));
  EXPECT_EQ(project.config_file, "../.kubectl-sts.yaml");
  EXPECT_EQ(*project.read_config(), "namespace: prod\n");
  EXPECT_EQ(project.files[0].file->path, "sts/sts.yaml");
  EXPECT_EQ(project.files[0].file->folder, "sts");
}

TEST_F(SelectionTest, NestedProjectsAreApartHoweverTheirFilesAreNamed) {
  write("a/.kubectl-sts.yaml", "");
  write("a/sts.yaml");
  write("b/sts.yaml");
  git({"init", "-q"});
  const auto whole = select({"."});
  ASSERT_TRUE(whole);
  ASSERT_EQ(whole->projects.size(), 2U);
  const auto one = select({"a/sts.yaml"});
  ASSERT_TRUE(one);
  ASSERT_EQ(one->projects.size(), 1U);
  EXPECT_THAT(names(one->projects[0]), ElementsAre("a/sts.yaml"));
  const auto other = select({"b/sts.yaml"});
  ASSERT_TRUE(other);
  EXPECT_THAT(names(other->projects[0]), ElementsAre("b/sts.yaml"));
}

TEST_F(SelectionTest, GitDecidesWhatIsIgnoredAndUntrackedFilesCount) {
  write(".gitignore", "out/\n");
  write("sts.yaml");
  write("new/svc.yaml");
  write("out/rendered.yaml");
  write("gone.yaml");
  git({"init", "-q"});
  git({"add", "sts.yaml", "gone.yaml"});
  fs::remove(root_ + "/gone.yaml");
  const auto result = select({"."});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 1U);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("new/svc.yaml", "sts.yaml"));
  EXPECT_EQ(result->projects[0].root_kind, ProjectRoot::kGit);

  const auto one = select({"sts.yaml"});
  ASSERT_TRUE(one);
  EXPECT_THAT(names(one->projects[0]), ElementsAre("(new/svc.yaml)", "sts.yaml"));

  const auto ignored = select({"out"});
  ASSERT_TRUE(ignored);
  EXPECT_THAT(names(ignored->projects[0]),
              ElementsAre("(new/svc.yaml)", "out/rendered.yaml", "(sts.yaml)"));
}

TEST_F(SelectionTest, FilesGivenTwiceAndSymlinksCountOnce) {
  write("a/sts.yaml");
  fs::create_symlink("sts.yaml", root_ + "/a/link.yaml");
  fs::create_directory_symlink("a", root_ + "/b");
  const auto result = select({"a", "a/", "./a/sts.yaml", "b"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->projects[0].files.size(), 1U);
  EXPECT_TRUE(result->projects[0].files[0].explicitly_named);
}

TEST_F(SelectionTest, ASymlinkLoopIsPassedOverWithANote) {
  write("a/sts.yaml");
  fs::create_directory_symlink("..", root_ + "/a/up");
  const auto result = select({"a"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->projects[0].files.size(), 1U);
  EXPECT_THAT(result->notes, ElementsAre("a/up: a symlink loop, passed over"));
  const auto named = select({"a/up/a/up/a/sts.yaml"});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->projects[0].files.size(), 1U);
}

TEST_F(SelectionTest, ASymlinkOutOfTheFolderIsNotFollowed) {
  write("a/sts.yaml");
  write("a/deep/svc.yaml");
  write("elsewhere/other.yaml");
  fs::create_directory_symlink("../elsewhere", root_ + "/a/out");
  fs::create_directory_symlink("deep", root_ + "/a/inside");
  fs::create_symlink("../elsewhere/other.yaml", root_ + "/a/file.yaml");
  const auto result = select({"a"});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]),
              ElementsAre("a/deep/svc.yaml", "a/sts.yaml", "a/file.yaml"));
  EXPECT_THAT(result->notes, ElementsAre("a/out: a symlink to a folder elsewhere, not followed"));
}

TEST_F(SelectionTest, ProgramsAreReadForTheirNamesButAreNoTargets) {
  write("k8s/sts.yaml");
  write("infra/main.tf");
  write("infra/main.tf.json");
  write("lib/a.libsonnet");
  write("cmd/main.go");
  write("stack/Pulumi.yaml");
  write("stack/src/index.ts");
  write(".kubectl-sts.yaml", "");
  const auto result = select({"k8s"});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]),
              ElementsAre("(infra/main.tf)", "(infra/main.tf.json)", "k8s/sts.yaml",
                          "(lib/a.libsonnet)", "(stack/Pulumi.yaml)", "(stack/src/index.ts)"));
  const auto whole = select({"."});
  EXPECT_THAT(names(whole->projects[0]),
              ElementsAre("(infra/main.tf)", "(infra/main.tf.json)", "k8s/sts.yaml",
                          "(lib/a.libsonnet)", "stack/Pulumi.yaml", "(stack/src/index.ts)"));
}

TEST_F(SelectionTest, AMissingPathIsAProblemAndTheRestIsStillRead) {
  write("sts.yaml");
  const auto result = select({"nope.yaml", "sts.yaml", "no*.yaml"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->problems.size(), 2U);
  EXPECT_EQ(result->problems[0].name, "nope.yaml");
  EXPECT_EQ(result->problems[0].message, "No such file or directory");
  EXPECT_EQ(result->problems[1].message, "no file matches this pattern");
  EXPECT_THAT(names(result->projects[0]), ElementsAre("sts.yaml"));
}

TEST_F(SelectionTest, GlobsTakeTwoStars) {
  write("deploy/prod/sts.yaml");
  write("deploy/svc.yaml");
  write("other/svc.yaml");
  const auto result = select({"deploy/**/*.yaml"});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("deploy/prod/sts.yaml", "deploy/svc.yaml"));
  EXPECT_TRUE(glob_matches("**/x", "x"));
  EXPECT_TRUE(glob_matches("a/**/x", "a/b/c/x"));
  EXPECT_FALSE(glob_matches("a/*/x", "a/b/c/x"));
  EXPECT_FALSE(glob_matches("**/x", ".hidden/x"));
}

TEST_F(SelectionTest, FilenameFlagIsRecursiveOnlyWithR) {
  write("d/a.yaml");
  write("d/e/b.yaml");
  request_.filenames = {"d"};
  auto result = select({});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("d/a.yaml"));
  request_.recursive = true;
  result = select({});
  EXPECT_THAT(names(result->projects[0]), ElementsAre("d/a.yaml", "d/e/b.yaml"));
}

TEST_F(SelectionTest, StdinIsAProjectOfItsOwnUnlessOneIsNamed) {
  write("p/svc.yaml");
  auto result = select({"-", "-", "p"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 2U);
  EXPECT_THAT(names(result->projects[1]), ElementsAre("<stdin>"));
  EXPECT_FALSE(result->projects[1].lone_files);
  EXPECT_EQ(*result->projects[1].files[0].read(), "a: stdin\n");

  request_.project = "p";
  result = select({"-"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->projects.size(), 1U);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("(p/svc.yaml)", "<stdin>"));
  EXPECT_EQ(result->projects[0].root_kind, ProjectRoot::kNamed);

  request_.project = "q";
  EXPECT_EQ(select({"-"}).error().message, "--project q: no such folder");
}

TEST_F(SelectionTest, TemplatesOfManifestsCountButAreNoTargets) {
  write("sts.yaml");
  write("svc.yaml.j2");
  write("README.md.j2");
  const auto result = select({"."});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("sts.yaml", "(svc.yaml.j2)"));
}

TEST_F(SelectionTest, AFileOverTheLimitIsNotReadWhole) {
  write("big.yaml", std::string(3000, '#'));
  request_.max_file_size = 2048;
  const auto result = select({"big.yaml"});
  ASSERT_TRUE(result);
  const auto bytes = result->projects[0].files[0].read();
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().message, "is 2.9 KiB, over the limit of 2.0 KiB; --max-file-size 3K");
}

TEST_F(SelectionTest, StagedReadsTheIndexAndNeverUntrackedFiles) {
  write(".kubectl-sts.yaml", "namespace: staged\n");
  write("sts.yaml", "staged: 1\n");
  write("sub/svc with space.yaml", "svc: 1\n");
  git({"init", "-q"});
  git({"add", "."});
  write("sts.yaml", "not staged: 1\n");
  write(".kubectl-sts.yaml", "namespace: work\n");
  write("untracked.yaml");
  request_.staged = true;
  auto result = select({"sts.yaml"});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->projects.size(), 1U);
  const Selection& project = result->projects[0];
  EXPECT_THAT(names(project), ElementsAre("sts.yaml", "(sub/svc with space.yaml)"));
  EXPECT_EQ(*project.files[0].read(), "staged: 1\n");
  EXPECT_EQ(*project.files[1].read(), "svc: 1\n");
  EXPECT_EQ(*project.read_config(), "namespace: staged\n");

  result = select({"untracked.yaml"});
  ASSERT_TRUE(result);
  ASSERT_EQ(result->problems.size(), 1U);
  EXPECT_EQ(result->problems[0].message, "is not in the git index, which --staged reads");

  result = select({});
  ASSERT_TRUE(result);
  EXPECT_THAT(names(result->projects[0]), ElementsAre("sts.yaml", "sub/svc with space.yaml"));

  request_.max_file_size = 4;
  result = select({"sub"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->projects[0].files[1].read().error().message,
            "is 7 bytes, over the limit of 4 bytes; --max-file-size 1K");
  EXPECT_FALSE(result->projects[0].files[0].read());
}

TEST_F(SelectionTest, StagedOutsideAWorkTreeIsAUsageError) {
  request_.staged = true;
  EXPECT_EQ(select({}).error().message, "--staged needs a git work tree, and there is none here");
}

TEST_F(SelectionTest, AnUnreadableFolderIsAProblem) {
  write("closed/a.yaml");
  chmod((root_ + "/closed").c_str(), 0);
  chmod(root_.c_str(), 0755);
  // Root reads everything, so somebody else looks.
  constexpr uid_t kNobody = 65534;
  const bool is_root = geteuid() == 0;
  if (is_root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const auto result = select({"."});
  if (is_root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  chmod((root_ + "/closed").c_str(), 0700);
  ASSERT_EQ(result->problems.size(), 1U);
  EXPECT_EQ(result->problems[0].message, "Permission denied");
}

TEST_F(SelectionTest, UrlsAreRefusedWithTheWayRound) {
  EXPECT_EQ(select({"https://example.com/a.yaml"}).error().message,
            "https://example.com/a.yaml: URLs are not read; fetch it and pipe it in: curl -sSL "
            "https://example.com/a.yaml | kubectl sts lint -");
}

}  // namespace
}  // namespace sts::lint
