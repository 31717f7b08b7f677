#pragma once

#include "lint/finding.h"
#include "lint/options.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
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

/// Collects what the checks of one run find. Of one rule in one object at most kMost are kept; one
/// more, of the highest severity of the rest, says how many there are besides: a generated mess
/// need not be told in full, and must not fill the memory.
class Findings {
 public:
  static constexpr std::size_t kMost = 1000;

  Findings() = default;
  /// `unlimited`: objects of which every finding is kept, since some may be ignored line by line.
  explicit Findings(std::function<bool(const Object&)> unlimited)
      : unlimited_(std::move(unlimited)) {}

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

  std::vector<Finding> take();
  const std::vector<Finding>& all() const { return findings_; }

 private:
  static constexpr std::size_t kDropped = static_cast<std::size_t>(-1);
  /// How many findings of one rule the object at hand has.
  struct Count {
    const Rule* rule = nullptr;
    std::size_t found = 0;
    std::size_t rest = 0;  // index of the finding that stands for those beyond kMost
  };

  Builder add(const Rule& rule, Severity severity, const Object& object, kube::Value value,
              bool key, std::string message);
  Count& count(const Rule& rule, const Object& object);
  void close_object();
  Finding& finding(std::size_t at) { return at == kDropped ? dropped_ : findings_[at]; }

  std::vector<Finding> findings_;
  std::function<bool(const Object&)> unlimited_;
  const Object* object_ = nullptr;
  bool counted_ = true;
  std::vector<Count> counts_;  // of object_
  Finding dropped_;            // takes what is built and not kept
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
