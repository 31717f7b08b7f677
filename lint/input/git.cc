#include "lint/input/git.h"

#include "lint/input/process.h"
#include "lint/input/size_limit.h"

#include <charconv>
#include <filesystem>
#include <mutex>
#include <string_view>

namespace sts::lint {
namespace {

namespace fs = std::filesystem;

// core.fsmonitor names a program that git would run: a repository that is merely looked at must not
// decide what runs here. Nor may a partial clone fetch what it lacks: linting uses no network.
std::vector<std::string> git(const std::string& folder, std::vector<std::string> words) {
  std::vector<std::string> argv = {"env",
                                   "GIT_NO_LAZY_FETCH=1",
                                   "GIT_TERMINAL_PROMPT=0",
                                   "git",
                                   "-c",
                                   "core.fsmonitor=false",
                                   "-C",
                                   folder};
  argv.insert(argv.end(), words.begin(), words.end());
  return argv;
}

std::vector<std::string_view> split_nul(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

class Batch final : public GitBlobs {
 public:
  explicit Batch(Coprocess process) : process_(std::move(process)) {}

  Result<std::string> read(const std::string& oid, std::uint64_t max_size) override {
    const std::lock_guard lock(mutex_);
    if (!process_.write(oid + "\n")) return fail("git cat-file ended early");
    const Result<std::string> header =
        process_.read_line();  // "<oid> blob <size>" or "<oid> missing"
    if (!header) return tl::unexpected(header.error());
    const std::size_t space = header->rfind(' ');
    std::uint64_t size = 0;
    const char* end = header->data() + header->size();
    if (space == std::string::npos ||
        std::from_chars(header->data() + space + 1, end, size).ptr != end) {
      return fail("git has no object " + oid);
    }
    const bool fits = size <= max_size;
    Result<std::string> bytes = process_.read_exactly(size, fits);
    const Result<std::string> newline = process_.read_exactly(1, false);
    if (!bytes) return bytes;
    if (!newline) return newline;
    if (!fits) return fail(over_the_limit(size, max_size));
    return bytes;
  }

 private:
  std::mutex mutex_;
  Coprocess process_;
};

}  // namespace

std::optional<std::string> git_root(const std::string& folder) {
  std::error_code ignored;
  for (fs::path at = folder;; at = at.parent_path()) {
    // A folder in a plain work tree, a file in a linked one or a submodule.
    if (fs::exists(at / ".git", ignored)) return at.string();
    if (at == at.root_path() || at.empty()) return std::nullopt;
  }
}

Result<std::vector<std::string>> git_files(const std::string& folder) {
  const Result<std::string> listing = run_program(git(
      folder, {"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"}));
  if (!listing) return tl::unexpected(listing.error());
  std::vector<std::string> files;
  for (const std::string_view path : split_nul(*listing)) files.emplace_back(path);
  return files;
}

Result<std::vector<IndexEntry>> git_index(const std::string& root) {
  const Result<std::string> listing = run_program(git(root, {"ls-files", "-z", "--stage"}));
  if (!listing) return tl::unexpected(listing.error());
  std::vector<IndexEntry> entries;
  for (const std::string_view line : split_nul(*listing)) {
    // "<mode> <oid> <stage>\t<path>"
    const std::size_t tab = line.find('\t');
    const std::size_t first = line.find(' ');
    if (tab == std::string_view::npos || first == std::string_view::npos) continue;
    const std::string_view mode = line.substr(0, first);
    const std::string_view stage = line.substr(tab - 1, 1);
    if (!mode.starts_with("100")) continue;  // symlinks and submodules hold no manifest
    if (stage != "0" && stage != "2") continue;
    entries.push_back(
        {std::string(line.substr(tab + 1)), std::string(line.substr(first + 1, tab - first - 3))});
  }
  return entries;
}

Result<std::string> git_merge_base(const std::string& root, const std::string& revision) {
  const Result<std::string> commit = run_program(
      git(root, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}));
  if (!commit) return fail("is neither a path nor a git revision here");
  const std::string other = commit->substr(0, commit->find('\n'));
  const Result<std::string> base = run_program(git(root, {"merge-base", other, "HEAD"}));
  if (!base) {
    return fail(
        "this clone does not hold the commit that it and HEAD come from; fetch the history first: "
        "git fetch --unshallow (actions/checkout: fetch-depth: 0)");
  }
  return base->substr(0, base->find('\n'));
}

Result<std::vector<IndexEntry>> git_tree(const std::string& root, const std::string& commit) {
  const Result<std::string> listing =
      run_program(git(root, {"ls-tree", "-r", "-z", "--full-tree", commit}));
  if (!listing) return tl::unexpected(listing.error());
  std::vector<IndexEntry> entries;
  for (const std::string_view line : split_nul(*listing)) {
    // "<mode> blob <oid>\t<path>"
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || !line.starts_with("100")) continue;
    const std::size_t space = line.rfind(' ', tab);
    entries.push_back(
        {std::string(line.substr(tab + 1)), std::string(line.substr(space + 1, tab - space - 1))});
  }
  return entries;
}

Result<std::shared_ptr<GitBlobs>> GitBlobs::open(const std::string& root) {
  Result<Coprocess> process = Coprocess::start(git(root, {"cat-file", "--batch"}));
  if (!process) return tl::unexpected(process.error());
  return std::make_shared<Batch>(std::move(*process));
}

}  // namespace sts::lint
