#pragma once

#include <algorithm>
#include <string_view>

namespace sts::lint {

/// Which lines of a script or a configuration file are comments (`# …`). Asked from the front to
/// the back, so that a text is walked once.
class CommentLines {
 public:
  explicit CommentLines(std::string_view text) : text_(text) { enter(0); }

  /// Byte `at` lies in a comment line; `at` never decreases from call to call.
  bool holds(std::size_t at) {
    while (at > end_) enter(end_ + 1);
    return comment_;
  }

 private:
  void enter(std::size_t begin) {
    end_ = std::min(text_.find('\n', begin), text_.size());
    const std::size_t first = text_.find_first_not_of(" \t", begin);
    comment_ = first < end_ && text_[first] == '#';
  }

  std::string_view text_;
  std::size_t end_ = 0;
  bool comment_ = false;
};

}  // namespace sts::lint
