#include "lint/input/problems.h"

#include "lint/index/paths.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace sts::lint {

extern const Rule kYamlSyntax;
extern const Rule kInputUnreadable;
extern const Rule kDuplicateKey;
extern const Rule kDocSeparator;

namespace {

std::string where(const kube::SourceFile& source, kube::ByteRange range) {
  const kube::Position at = source.position(range.begin);
  return source.name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

bool is_json_space(char c) { return c == ' ' || c == '\t'; }

// Some line of the text begins with a key that Kubernetes objects have. JSON indents and quotes it,
// and there both keys are asked for: "kind" alone stands in many a settings file.
bool looks_like_kubernetes(std::string_view text) {
  const bool both = text.find("\"apiVersion\"") != std::string_view::npos &&
                    text.find("\"kind\"") != std::string_view::npos;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string_view line = text.substr(0, end);
    if (line.starts_with("apiVersion:") || line.starts_with("kind:")) return true;
    while (!line.empty() && is_json_space(line.front())) line.remove_prefix(1);
    if (line.starts_with('{')) line.remove_prefix(1);
    while (!line.empty() && is_json_space(line.front())) line.remove_prefix(1);
    if (both && (line.starts_with("\"apiVersion\"") || line.starts_with("\"kind\""))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool is_kubernetes(const kube::Document& document) {
  if (document.skipped) return true;
  if (!document.tree) return false;
  const kube::Value root = document.tree->root();
  return root.get("apiVersion").exists() && root.get("kind").exists();
}

std::string_view text_of(const kube::SourceFile& source, kube::ByteRange range) {
  const std::string_view bytes = source.bytes();
  const std::size_t begin = std::min<std::size_t>(range.begin, bytes.size());
  return bytes.substr(begin, std::min<std::size_t>(range.end, bytes.size()) - begin);
}

// The link counts, wherever it leads.
bool is_on_disk(const MissingPath& missing, const Selection& project) {
  const auto kustomization =
      std::find_if(project.files.begin(), project.files.end(), [&](const SelectedFile& each) {
        return each.file->source == missing.place.tree().source_ptr();
      });
  if (project.root.empty() || kustomization == project.files.end()) return false;
  const std::string path = resolve_path(kustomization->file->folder, missing.path);
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(project.root + "/" + path, error));
}

}  // namespace

void InputProblems::Noted::add(const std::string& where) {
  if (count == 0) first = where;
  ++count;
}

void InputProblems::add(const ReadFile& file) {
  if (!file.selected->file->target) return;
  if (!file.source) {
    const std::size_t end = std::min(file.failure.find("; "), file.failure.size());
    add_unreadable(file.selected->name, file.failure.substr(0, end),
                   file.failure.substr(std::min(end + 2, file.failure.size())));
    return;
  }
  const bool any_problem =
      std::any_of(file.documents.begin(), file.documents.end(),
                  [](const kube::Document& document) { return !document.problems.empty(); });
  if (!any_problem) return;
  const bool any_kubernetes =
      std::any_of(file.documents.begin(), file.documents.end(), is_kubernetes) ||
      looks_like_kubernetes(file.source->bytes());
  const bool any_template =
      std::any_of(file.documents.begin(), file.documents.end(), [](const kube::Document& document) {
        return std::any_of(document.problems.begin(), document.problems.end(),
                           [](const kube::Problem& problem) {
                             return problem.kind == kube::ProblemKind::kTemplate;
                           });
      });
  for (const kube::Document& document : file.documents) {
    for (const kube::Problem& problem : document.problems) {
      // What a template's separators will be nobody knows before it is rendered.
      if (any_template && problem.kind == kube::ProblemKind::kDocSeparator) continue;
      const bool kubernetes = problem.kind == kube::ProblemKind::kDuplicateKey
                                  ? is_kubernetes(document)
                                  : any_kubernetes;
      add_problem(file, document, problem, kubernetes);
    }
  }
}

void InputProblems::add_problem(const ReadFile& file, const kube::Document& document,
                                const kube::Problem& problem, bool kubernetes) {
  switch (problem.kind) {
    case kube::ProblemKind::kTemplate:
      templates_.add(where(*file.source, problem.where));
      return;
    case kube::ProblemKind::kSyntax:
      if (!file.selected->explicitly_named &&
          !looks_like_kubernetes(text_of(*file.source, document.range))) {
        skipped_.add(where(*file.source, problem.where) + ": " + problem.message);
        return;
      }
      broken_ = true;
      report(file, problem, kYamlSyntax, Severity::kError);
      return;
    case kube::ProblemKind::kOddity:
      if (kubernetes) report(file, problem, kYamlSyntax, Severity::kWarning);
      return;
    case kube::ProblemKind::kDropped: {
      // An object that kubectl drops in silence is lost; other text is merely odd.
      const bool lost =
          looks_like_kubernetes(text_of(*file.source, {problem.where.begin, document.range.end}));
      broken_ = broken_ || lost;
      if (kubernetes)
        report(file, problem, kYamlSyntax, lost ? Severity::kError : Severity::kWarning);
      return;
    }
    case kube::ProblemKind::kDuplicateKey:
      if (kubernetes) report(file, problem, kDuplicateKey, Severity::kError);
      return;
    case kube::ProblemKind::kDocSeparator:
      if (kubernetes) report(file, problem, kDocSeparator, Severity::kError);
      return;
  }
}

void InputProblems::report(const ReadFile& file, const kube::Problem& problem, const Rule& rule,
                           Severity severity) {
  Findings::Builder finding =
      findings_.at_place(rule, severity, Place{file.source, problem.where}, problem.message);
  finding.fix(problem.fix);
  if (!problem.related_message.empty()) {
    finding.related(Place{file.source, problem.related}, problem.related_message);
  }
}

void InputProblems::add_unreadable(std::string name, std::string message, std::string fix) {
  broken_ = true;
  const auto source = std::make_shared<kube::SourceFile>(std::move(name), "");
  findings_
      .at_place(kInputUnreadable, Severity::kError, Place{source, {}, true}, std::move(message))
      .fix(std::move(fix));
}

void InputProblems::add_missing(const std::vector<MissingPath>& paths, const Selection& project) {
  for (const MissingPath& each : paths) {
    if (is_on_disk(each, project)) continue;
    // A warning: a step before kustomize may make what is missing here.
    findings_
        .at_place(kInputUnreadable, Severity::kWarning,
                  Place{each.place.tree().source_ptr(), each.place.range()},
                  "\"" + each.path +
                      "\" is not in this project, so kustomize build fails here; what it would "
                      "bring is taken for unknown")
        .fix(each.nearest.empty() ? "correct the path" : each.nearest);
  }
}

std::vector<std::string> InputProblems::notes() const {
  std::vector<std::string> notes = notes_;
  const auto others = [](const Noted& noted) {
    if (noted.count < 2) return std::string();
    return " (and " + std::to_string(noted.count - 1) + " more)";
  };
  if (templates_.count > 0) {
    notes.push_back(templates_.first + ": an unrendered template" + others(templates_) +
                    ", not linted; render it first: helm template CHART | kubectl sts lint -");
  }
  if (skipped_.count > 0) {
    notes.push_back(skipped_.first + "; no Kubernetes manifest as it seems, passed over" +
                    others(skipped_));
  }
  return notes;
}

}  // namespace sts::lint
