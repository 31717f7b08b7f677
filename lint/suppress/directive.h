#pragma once

#include "kube/object/source_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// What a comment says to this program. Offsets are those of the comment.
struct Directive {
  std::vector<kube::ByteRange> ids;  // what it ignores; empty where it does not count
  kube::ByteRange mistaken;          // what is written wrongly
  std::string problem;               // empty where nothing is
  std::string fix;
  std::size_t end = 0;  // behind what was read
};

/// Reads `# kubectl-sts: ignore=ID[,ID] -- reason`, from a `#` to the end of its line. Nothing for
/// prose. What was surely meant as an ignore and is written in another way does not count; its
/// `problem` says why. Ids are not looked up: an unknown one is the caller's to report.
std::optional<Directive> directive_of(std::string_view comment);

/// The key of an annotation that was surely meant to be `kubectl-sts/ignore`, and is not.
bool is_misspelt_key(std::string_view key);

/// The text names this program somewhere, in whatever spelling. Cheap: for most files the answer
/// is no, and nothing else is asked.
bool mentions_us(std::string_view text);

/// Places of the ids in "a,b -- reason".
std::vector<kube::ByteRange> split_ids(std::string_view text);

}  // namespace sts::lint
