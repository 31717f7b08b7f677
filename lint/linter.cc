#include "lint/linter.h"

#include "kube/parallel.h"
#include "lint/change/change.h"
#include "lint/index/builder.h"
#include "lint/input/problems.h"
#include "lint/input/read.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/unresolved.h"
#include "lint/suppress/ignores.h"

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

namespace sts::lint {
namespace {

// The stable order. Names of files differ in every run, so they come before positions.
auto order_key(const Finding& finding, const kube::Span& span) {
  return std::tie(finding.place.source->name(), span.begin, finding.rule->code, finding.message,
                  span.end);
}

void sort_and_unite(std::vector<Finding>& findings) {
  std::vector<std::pair<kube::Span, Finding>> keyed;
  keyed.reserve(findings.size());
  for (Finding& finding : findings) {
    keyed.emplace_back(finding.place.span(), std::move(finding));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
    return order_key(a.second, a.first) < order_key(b.second, b.first);
  });
  // What is read through an alias or taken in by two overlays is said once.
  const auto last = std::unique(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
    return order_key(a.second, a.first) == order_key(b.second, b.first);
  });
  findings.clear();
  for (auto it = keyed.begin(); it != last; ++it) findings.push_back(std::move(it->second));
}

// Objects that one thread takes at a time.
constexpr std::size_t kBlock = 64;

bool enabled(const Rule& rule, const Options& options) {
  return !rule.opt_in || std::any_of(options.enabled.begin(), options.enabled.end(),
                                     [&](const std::string& id) { return find_rule(id) == &rule; });
}

class Run {
 public:
  Run(const Selection& selection, const LintOptions& options)
      : selection_(selection), options_(options) {}

  LintReport run() {
    const Index index = read();
    std::vector<Finding> all = check(index);
    if (selection_.base) check_changes(index, all);
    if (options_.honour_ignores) suppress(index, all);
    std::erase_if(all, [&](const Finding& finding) { return !touches_target(finding); });
    sort_and_unite(all);
    report_.findings = std::move(all);
    report_.notes = problems_.notes();
    if (broken_in_base_ > 0) {
      report_.notes.push_back(std::to_string(broken_in_base_) +
                              (broken_in_base_ == 1 ? " file" : " files") +
                              " of the base cannot be read as a whole: what is broken there is not "
                              "compared");
    }
    report_.broken_input = problems_.broken();
    return std::move(report_);
  }

 private:
  Index read() {
    IndexBuilder builder(options_.rules, ProjectScope{selection_.lone_files});
    read_files(
        selection_.files,
        [&](ReadFile file) {
          const std::shared_ptr<ProjectFile>& project_file = file.selected->file;
          problems_.add(file);
          if (!file.source) return;
          project_file->source = file.source;
          if (file.program) {
            builder.add_program(*project_file);
            project_file->source.reset();
            return;
          }
          ignores_.add_comments(file.source, file.documents);
          const std::size_t objects = builder.add(project_file, file.documents);
          file.documents.clear();
          if (project_file->target) {
            ++report_.files;
            report_.objects += objects;
            targets_.insert(file.source.get());
            // A target that is let go must not lend its address to another file.
            if (file.source.use_count() == 2) targets_.erase(file.source.get());
          }
          if (file.source.use_count() == 2) project_file->source.reset();
        },
        options_.parallel_bytes);
    return std::move(builder).build();
  }

  // What the input itself has, and what every rule finds.
  std::vector<Finding> check(const Index& index) {
    std::vector<const Rule*> rules;
    for (const Rule* rule : all_rules()) {
      if (rule->check != nullptr && enabled(*rule, options_.rules)) rules.push_back(rule);
    }
    const RuleContext context{index, options_.rules};
    const std::span<const Object> objects = index.objects();
    for (const Object& object : objects) {
      if (!object.file->target) continue;
      if (is_set(object)) ++report_.sets;
      for (const std::string& why : unresolved_references(object, context)) {
        ++report_.unresolved[why];
      }
    }
    // A finding may be ignored on its own line, so there every one counts.
    const auto unlimited = [&](const Object& object) {
      return options_.honour_ignores && ignores_.holds_any(object.tree->source());
    };
    // Blocks of the stable order: together they give what one thread would have found.
    std::vector<Findings> found((objects.size() + kBlock - 1) / kBlock, Findings(unlimited));
    const auto check_block = [&](std::size_t block) {
      const std::size_t begin = block * kBlock;
      const std::size_t count = std::min(kBlock, objects.size() - begin);
      for (const Object& object : objects.subspan(begin, count)) {
        for (const Rule* rule : rules) rule->check(object, context, found[block]);
      }
    };
    if (objects.size() < options_.parallel_objects) {
      for (std::size_t block = 0; block < found.size(); ++block) check_block(block);
    } else {
      parallel_for(found.size(), check_block);
    }
    problems_.add_missing(index.missing_paths(), selection_);
    std::vector<Finding> all = problems_.findings().take();
    for (Findings& block : found) {
      for (Finding& finding : block.take()) all.push_back(std::move(finding));
    }
    return all;
  }

  // What the base cannot tell is not compared: its own faults are not this project's.
  Index read_base() {
    IndexBuilder builder(options_.rules, ProjectScope{});
    read_files(
        *selection_.base,
        [&](const ReadFile& file) {
          if (!is_whole(file)) ++broken_in_base_;
          if (!file.source) return;
          file.selected->file->source = file.source;
          if (file.program) {
            builder.add_program(*file.selected->file);
            file.selected->file->source.reset();
            return;
          }
          builder.add(file.selected->file, file.documents);
        },
        options_.parallel_bytes);
    return std::move(builder).build();
  }

  static bool is_whole(const ReadFile& file) {
    return file.source != nullptr &&
           std::none_of(file.documents.begin(), file.documents.end(), [](const auto& document) {
             return document.tree == nullptr && !document.skipped &&
                    std::any_of(document.problems.begin(), document.problems.end(),
                                [](const kube::Problem& problem) {
                                  return problem.kind == kube::ProblemKind::kSyntax;
                                });
           });
  }

  void check_changes(const Index& index, std::vector<Finding>& all) {
    const Index before = read_base();
    const Changes changes = match(before, index);
    const ChangeContext context{before, index, options_.rules, changes};
    Findings findings;
    for (const Rule* rule : all_rules()) {
      if (rule->change_check == nullptr || !enabled(*rule, options_.rules)) continue;
      for (const Change& change : changes.all) rule->change_check(change, context, findings);
    }
    for (Finding& finding : findings.take()) all.push_back(std::move(finding));
  }

  void suppress(const Index& index, std::vector<Finding>& findings) {
    ignores_.add_objects(index);
    const std::vector<Finding> ignored = ignores_.apply(findings);
    report_.suppressed = static_cast<std::size_t>(
        std::count_if(ignored.begin(), ignored.end(),
                      [&](const Finding& finding) { return touches_target(finding); }));
    // A lone file may well hold the ignore of something that only its project shows.
    for (Finding& finding : ignores_.unused(options_.rules, !selection_.lone_files)) {
      findings.push_back(std::move(finding));
    }
  }

  bool touches_target(const Finding& finding) const {
    // Of files that cannot be read, only targets are told of.
    if (finding.place.whole_file || is_target(finding.place)) return true;
    return std::any_of(finding.related.begin(), finding.related.end(),
                       [&](const Related& related) { return is_target(related.place); });
  }

  bool is_target(const Place& place) const { return targets_.contains(place.source.get()); }

  const Selection& selection_;
  const LintOptions& options_;
  InputProblems problems_;
  Ignores ignores_;
  std::set<const kube::SourceFile*> targets_;
  std::size_t broken_in_base_ = 0;
  LintReport report_;
};

}  // namespace

std::size_t LintReport::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.severity == severity; }));
}

LintReport lint(const Selection& selection, const LintOptions& options) {
  return Run(selection, options).run();
}

namespace {

// The most common reason is told; reasons name what to render or to add.
std::string unresolved_note(const std::map<std::string, std::size_t>& unresolved) {
  std::size_t total = 0;
  auto most = unresolved.begin();
  for (auto it = unresolved.begin(); it != unresolved.end(); ++it) {
    total += it->second;
    if (it->second > most->second) most = it;
  }
  std::string note = std::to_string(total) +
                     (total == 1 ? " reference to a Service or claim is"
                                 : " references to Services or claims are") +
                     " unknown and not judged: " + most->first;
  if (unresolved.size() > 1) {
    const std::size_t others = unresolved.size() - 1;
    note +=
        " (and " + std::to_string(others) + (others == 1 ? " other reason)" : " other reasons)");
  }
  return note;
}

}  // namespace

LintReport merge(std::vector<LintReport> reports, const Selections& selections) {
  LintReport merged;
  merged.notes = selections.notes;
  InputProblems problems;
  for (const SelectionProblem& problem : selections.problems) {
    problems.add_unreadable(problem.name, problem.message, problem.fix);
  }
  merged.findings = problems.findings().take();
  merged.broken_input = problems.broken();
  for (LintReport& report : reports) {
    for (Finding& finding : report.findings) merged.findings.push_back(std::move(finding));
    for (std::string& note : report.notes) merged.notes.push_back(std::move(note));
    merged.suppressed += report.suppressed;
    merged.files += report.files;
    merged.objects += report.objects;
    merged.sets += report.sets;
    merged.broken_input = merged.broken_input || report.broken_input;
    for (const auto& [why, count] : report.unresolved) merged.unresolved[why] += count;
  }
  if (!merged.unresolved.empty()) merged.notes.push_back(unresolved_note(merged.unresolved));
  sort_and_unite(merged.findings);
  return merged;
}

}  // namespace sts::lint
