#include "lint/hosts/host_words.h"

namespace sts::lint {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

}  // namespace

std::string HostWord::resolved(std::string_view text, const VariableReader& read) const {
  std::string result;
  std::size_t at = begin;
  for (const auto& [from, variable] : variables) {
    result += text.substr(at, from - at);
    result += read(variable);
    at = variable.end;
  }
  return result += text.substr(at, end - at);
}

std::size_t HostWords::word_end(std::size_t at, HostWord& word) const {
  while (at < text_.size()) {
    if (is_name(text_[at])) {
      ++at;
      continue;
    }
    if (text_[at] != '$' && text_[at] != '`') break;
    const HostVariable variable = variable_at(text_, at);
    if (variable.end == 0) break;
    word.variables.emplace_back(at, variable);
    at = variable.end;
  }
  return at;
}

bool HostWords::next(HostWord& word) {
  while (at_ < text_.size()) {
    word.variables.clear();
    word.begin = at_;
    word.end = word_end(at_, word);
    at_ = word.end > at_ ? word.end : at_ + 1;
    if (word.end > word.begin) return true;
  }
  return false;
}

}  // namespace sts::lint
