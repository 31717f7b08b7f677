#pragma once

// For tests only: findings without a run.

#include "lint/linter.h"
#include "lint/rule.h"

#include <memory>
#include <string>
#include <utility>

namespace sts::lint::testing {

inline const Rule kSomeRule{199, "some-rule", Severity::kError, "some rule", nullptr};

/// A finding at the first occurrence of `what` in the text.
inline Finding finding_at(const std::shared_ptr<const kube::SourceFile>& source,
                          std::string_view what, std::string message,
                          Severity severity = Severity::kError) {
  const auto begin = static_cast<std::uint32_t>(source->bytes().find(what));
  Finding finding;
  finding.rule = &kSomeRule;
  finding.severity = severity;
  finding.place = {source, {begin, begin + static_cast<std::uint32_t>(what.size())}};
  finding.message = std::move(message);
  return finding;
}

inline std::shared_ptr<const kube::SourceFile> source(std::string name, std::string bytes) {
  return std::make_shared<kube::SourceFile>(std::move(name), std::move(bytes));
}

}  // namespace sts::lint::testing
