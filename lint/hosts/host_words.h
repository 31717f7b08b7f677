#pragma once

#include "lint/hosts/host_variable.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint {

/// Letters, digits, dashes, underscores, dots and variables without a gap: what a host name in a
/// text can be made of.
struct HostWord {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::vector<std::pair<std::size_t, HostVariable>> variables;  // where each begins

  /// The word with its variables put in.
  std::string resolved(std::string_view text, const VariableReader& read) const;
};

/// All words of a text, from the front to the back.
class HostWords {
 public:
  explicit HostWords(std::string_view text) : text_(text) {}

  /// False at the end of the text.
  bool next(HostWord& word);

 private:
  std::size_t word_end(std::size_t at, HostWord& word) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace sts::lint
