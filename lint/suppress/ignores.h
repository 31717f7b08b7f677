#pragma once

#include "kube/object/reader.h"
#include "lint/finding.h"
#include "lint/index/index.h"
#include "lint/rule.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sts::lint {

enum class IgnoreScope : std::uint8_t { kLine, kObject, kFile };

/// One id of an ignore comment or annotation.
struct Ignore {
  Place id;                    // the id itself
  std::string text;            // as written
  const Rule* rule = nullptr;  // null: no rule has this id
  IgnoreScope scope = IgnoreScope::kLine;
  std::uint32_t line = 0;     // kLine: findings that begin on this line
  bool own_line = false;      // kLine: the comment stands alone above that line
  kube::ByteRange object;     // kObject
  kube::ByteRange value;      // kLine: the text of several lines that begins on that line, or empty
  kube::ByteRange quoted_in;  // the YAML text that holds it, so that it is no comment; else empty
  bool judged = true;         // false: what is around it was not linted; it may be unused
  bool used = false;
};

/// An ignore that does not count as it is written.
struct IgnoreMistake {
  Place place;
  std::string message;
  std::string fix;
};

/// The ignores of a run:
///
///     # kubectl-sts: ignore=ID[,ID] -- reason      comment, to the end of its line
///     kubectl-sts/ignore: ID[,ID] [-- reason]      annotation of an object or its pod template
///
/// A comment counts for its own line, and for all of a text (a script) that begins on it; alone on
/// a line, for the next line that is no comment; alone before an object's first line, for that
/// object; before the first `---`, for the file. Only YAML's comments count: those inside of a
/// script are a part of it, and are told of where they would have ignored something. A finding is
/// ignored where its primary place is; those about scripts (STS200-STS299) also where a related
/// place is, since a script in a ConfigMap is wrong only for the container that runs it.
class Ignores {
 public:
  /// Looks for comments; cheap for files that do not mention this program.
  void add_comments(const std::shared_ptr<const kube::SourceFile>& source,
                    const std::vector<kube::Document>& documents);
  /// Annotations of every object, and comments at the head of a List's items.
  void add_objects(const Index& index);

  /// The source has ignore comments.
  bool holds_any(const kube::SourceFile& source) const { return by_source_.contains(&source); }

  /// Takes out what is ignored and returns it.
  std::vector<Finding> apply(std::vector<Finding>& findings);

  /// What `unused-ignore` reports: ignores that are misspelt, whose id no rule has or, if
  /// `all_is_visible`, that ignored nothing. Ids of opt-in rules that are not switched on may well
  /// be unused.
  std::vector<Finding> unused(const Options& options, bool all_is_visible);

 private:
  /// Ignores of a range of a file, by its begin.
  struct Wide {
    kube::ByteRange range;
    std::uint32_t reach = 0;  // the furthest end up to here
    std::size_t ignore = 0;
  };
  /// Where to look for what may ignore a finding: both may be many thousands.
  struct Lookup {
    std::map<std::pair<const Rule*, std::uint32_t>, std::vector<std::size_t>> by_line;
    std::map<const Rule*, std::vector<Wide>> by_range;
    std::map<const Rule*, std::vector<std::size_t>> by_file;
  };
  struct InSource {
    std::shared_ptr<const kube::SourceFile> source;  // kept, since its address is the key
    std::vector<Ignore> ignores;
    std::vector<IgnoreMistake> mistakes;
    std::optional<Lookup> lookup;  // once all ignores are known
  };
  using BySource = std::map<const kube::SourceFile*, InSource>;

  static Lookup lookup_of(const std::vector<Ignore>& ignores);
  static void add_annotation(const Object& object, kube::Value metadata, InSource& into);
  bool ignore(const Finding& finding, const Place& place);

  BySource by_source_;
};

}  // namespace sts::lint
