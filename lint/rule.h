#pragma once

#include "lint/finding.h"
#include "lint/options.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

class Index;
class Object;
class Findings;
struct Change;
struct ChangeContext;

/// What a check may look at. Everything is immutable; a check keeps no state of its own.
struct RuleContext {
  const Index& index;
  const Options& options;
};

/// Called once for every object of the project, from several threads at the same time; what is
/// found is put in a stable order afterwards. A check returns at once for objects that are not its
/// business. It must not look at which files the user named: the engine drops what does not touch
/// them.
using Check = void (*)(const Object& object, const RuleContext& context, Findings& findings);

/// The same for rules about what an edit does to a running set: called once for every object of the
/// project when there is a base to compare with (lint/change/change.h). The base's object is null
/// for a new one.
using ChangeCheck = void (*)(const Change& change, const ChangeContext& context,
                             Findings& findings);

/// One rule: one source file in lint/rules/<family>/, one page docs/rules/<id>.md, fixtures under
/// testdata/rules/<id>/, one line in lint/rules/list.inc.
struct Rule {
  int code;                            // shown as STSnnn; never reused
  std::string_view id;                 // kebab-case
  Severity severity;                   // the highest that it reports
  std::string_view title;              // what it finds, one line, for --help and explain
  Check check;                         // null for findings that the reader or the engine makes
  bool opt_in = false;                 // only with --enable
  ChangeCheck change_check = nullptr;  // only with --base
};

/// Collects what the checks of one run find.
class Findings {
 public:
  /// Fluent additions to the finding just reported.
  class Builder {
   public:
    Builder& fix(std::string text);
    /// The whole value, or its key.
    Builder& related(kube::Value value, std::string message);
    Builder& related_key(kube::Value value, std::string message);
    Builder& related(Place place, std::string message);

   private:
    friend class Findings;
    Builder(Findings& all, std::size_t at) : all_(all), at_(at) {}
    Findings& all_;
    std::size_t at_;
  };

  /// At a value; a missing field is reported at its parent's key: at_key(parent, …).
  Builder at(const Rule& rule, Severity severity, const Object& object, kube::Value value,
             std::string message);
  Builder at_key(const Rule& rule, Severity severity, const Object& object, kube::Value value,
                 std::string message);
  /// At bytes [begin, end) of a scalar's text(): a word of a script, a host in a list.
  Builder in_text(const Rule& rule, Severity severity, const Object& object, kube::Value scalar,
                  std::size_t begin, std::size_t end, std::string message);
  /// What no value holds (syntax errors and the like).
  Builder at_place(const Rule& rule, Severity severity, Place place, std::string message);

  std::vector<Finding> take() { return std::move(findings_); }
  const std::vector<Finding>& all() const { return findings_; }

 private:
  std::vector<Finding> findings_;
};

/// All rules by code, ascending.
const std::vector<const Rule*>& all_rules();

/// By kebab id, STSnnn (case of STS does not matter) or nnn; null for none of them.
const Rule* find_rule(std::string_view id_or_code);

/// The rule that a misspelt id was meant to name; null where none is near.
const Rule* nearest_rule(std::string_view id);

/// "STS103".
std::string code_of(const Rule& rule);

}  // namespace sts::lint
