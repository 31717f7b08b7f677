#include "kube/object/placeholder.h"

#include "kube/object/tree.h"

namespace sts::kube {
namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool begins_name(char c) { return is_name_byte(c) && c != '-' && c != '.'; }

// A name from `from` up to `close`: the X of @X@, ##X## and <X>. Sets `end` behind the close.
bool name_before(std::string_view text, std::size_t from, std::string_view close) {
  if (from >= text.size() || !begins_name(text[from])) return false;
  std::size_t i = from;
  while (i < text.size() && is_name_byte(text[i])) ++i;
  return text.substr(i).starts_with(close);
}

// A closing mark behind `from`. One that was missing once is not looked for again: a text full of
// opening marks must not take a square of its length.
class Closer {
 public:
  explicit Closer(std::string_view mark) : mark_(mark) {}

  bool follows(std::string_view text, std::size_t from) {
    there_ = there_ && text.find(mark_, from) != std::string_view::npos;
    return there_;
  }

 private:
  std::string_view mark_;
  bool there_ = true;
};

// "<your domain>": a whole value between angle brackets may hold spaces.
bool is_bracketed_words(std::string_view text) {
  if (text.size() < 3 || text.front() != '<' || text.back() != '>') return false;
  text = text.substr(1, text.size() - 2);
  if (!begins_name(text.front()) || !is_name_byte(text.back())) return false;
  for (const char c : text) {
    if (!is_name_byte(c) && c != ' ') return false;
  }
  return true;
}

// find_first_of("{$@#<"), which libstdc++ does with a call for each byte.
std::size_t next_mark(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' || c == '$' || c == '@' || c == '#' || c == '<') return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool has_placeholder(std::string_view text, bool kubernetes_expands) {
  if (is_bracketed_words(text)) return true;
  Closer braces("}}");
  Closer percent("%}");
  Closer brace("}");
  Closer parenthesis(")");
  for (std::size_t i = next_mark(text, 0); i != std::string_view::npos;
       i = next_mark(text, i + 1)) {
    const std::string_view rest = text.substr(i);
    switch (text[i]) {
      case '{':
        if (rest.starts_with("{{") && braces.follows(text, i + 2)) return true;
        if (rest.starts_with("{%") && percent.follows(text, i + 2)) return true;
        break;
      case '$':
        if (rest.starts_with("${") && brace.follows(text, i + 2)) return true;
        if (!kubernetes_expands && rest.starts_with("$(") && parenthesis.follows(text, i + 2)) {
          return true;
        }
        break;
      case '@':
        if (name_before(text, i + 1, "@")) return true;
        break;
      case '#':
        if (rest.starts_with("##") && name_before(text, i + 2, "##")) return true;
        break;
      default:
        if (name_before(text, i + 1, ">")) return true;
    }
  }
  return false;
}

bool Value::is_placeholder(bool kubernetes_expands) const {
  return has_placeholder(text(), kubernetes_expands);
}

}  // namespace sts::kube
