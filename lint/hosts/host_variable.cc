#include "lint/hosts/host_variable.h"

#include "lint/hosts/host_meaning.h"

#include <algorithm>
#include <optional>

namespace sts::lint {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kLongest = 256;  // bytes of a variable, brackets and all
constexpr int kMaxDepth = 3;           // variables that variables are set from

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || c == '_'; }
bool is_identifier(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

std::string_view identifier(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return {};
  const auto end = std::find_if_not(text.begin(), text.end(), is_identifier);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string anything() { return std::string(kAnything); }

class Reader {
 public:
  Reader(std::string_view text, const PodScript::Environment* environment, std::string_view set)
      : text_(text), environment_(environment), set_(set) {}

  std::string read(const HostVariable& variable, int depth) const {
    if (depth > kMaxDepth) return anything();
    const std::string_view name = identifier(variable.inner);
    switch (variable.form) {
      case HostVariable::Form::kParentheses:
        // Kubernetes puts in what the environment has, and leaves the rest to a shell.
        if (name == variable.inner && in_environment(name) != nullptr) return value(name, depth);
        return output(variable.inner);
      case HostVariable::Form::kBackticks:
        return output(variable.inner);
      case HostVariable::Form::kPlain:
        return value(name, depth);
      case HostVariable::Form::kBraces: {
        const std::string_view operation = variable.inner.substr(name.size());
        const bool kept = operation.empty() || operation.starts_with(":-") ||
                          operation.starts_with(":?") || operation.starts_with(":=");
        if (kept && !name.empty()) return value(name, depth);
        const bool cut =
            operation == "%-*" || (operation == "%%-*" && set_.find('-') == std::string_view::npos);
        return cut && !set_.empty() && value(name, depth) == kOwnPod ? std::string(set_)
                                                                     : anything();
      }
    }
    return anything();
  }

 private:
  const PodScript::Variable* in_environment(std::string_view name) const {
    if (environment_ == nullptr) return nullptr;
    const auto found = environment_->find(name);
    return found == environment_->end() ? nullptr : &found->second;
  }

  std::string from_environment(std::string_view name) const {
    const PodScript::Variable* variable = in_environment(name);
    return variable != nullptr && variable->texts.size() == 1 ? variable->texts[0] : anything();
  }

  std::string output(std::string_view command) const {
    if (command == "hostname" || command == "hostname -s" || command == "uname -n" ||
        command == "cat /etc/hostname") {
      return from_environment("HOSTNAME");
    }
    const bool reads = command.starts_with("cat ") || command.starts_with("<");
    if (reads && command.ends_with("/serviceaccount/namespace")) return std::string(kOwnNamespace);
    return anything();
  }

  // A name that the text only reads is the environment's; one that it sets once has that value.
  std::string value(std::string_view name, int depth) const {
    std::optional<std::size_t> assigned;
    for (std::size_t at = text_.find(name); at != kNone; at = text_.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const char before = at == 0 ? '\n' : text_[at - 1];
      if (is_identifier(before) || (end < text_.size() && is_identifier(text_[end]))) continue;
      if (before == '$' || before == '{' || before == '(') continue;
      const bool sets = end < text_.size() && text_[end] == '=';
      if (!sets || assigned) return anything();  // read NAME, for NAME in …, unset NAME
      assigned = end + 1;
    }
    if (!assigned) return from_environment(name);
    std::size_t at = *assigned;
    const char first = at < text_.size() ? text_[at] : ' ';
    const char quote = first == '"' || first == '\'' ? first : '\0';
    if (quote != '\0') ++at;
    if (const HostVariable other = variable_at(text_, at); other.end != 0) {
      return ends_value(other.end, quote) && identifier(other.inner) != name
                 ? read(other, depth + 1)
                 : anything();
    }
    std::size_t end = at;
    while (end < text_.size() &&
           (is_identifier(text_[end]) || text_[end] == '-' || text_[end] == '.')) {
      ++end;
    }
    return end > at && ends_value(end, quote) ? std::string(text_.substr(at, end - at))
                                              : anything();
  }

  bool ends_value(std::size_t at, char quote) const {
    if (quote != '\0') return at < text_.size() && text_[at] == quote;
    return at == text_.size() || std::string_view(" \t\n\r;&|").find(text_[at]) != kNone;
  }

  std::string_view text_;
  const PodScript::Environment* environment_;
  std::string_view set_;
};

}  // namespace

HostVariable variable_at(std::string_view text, std::size_t at) {
  HostVariable variable;
  if (at >= text.size()) return variable;
  std::string_view rest = text.substr(at, kLongest);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.front() == '`') {
    const std::size_t close = rest.find('`', 1);
    if (close == kNone || close == 1) return variable;
    return {HostVariable::Form::kBackticks, rest.substr(1, close - 1), at + close + 1};
  }
  // $$(NAME) is no variable (kubelet, expansion.go).
  if (rest.size() < 2 || rest.front() != '$' || (at > 0 && text[at - 1] == '$')) return variable;
  if (rest[1] == '(' || rest[1] == '{') {
    const char open = rest[1];
    const char close = open == '(' ? ')' : '}';
    int depth = 0;
    for (std::size_t i = 1; i < rest.size(); ++i) {
      if (rest[i] == open) ++depth;
      if (rest[i] == close && --depth == 0) {
        return {open == '(' ? HostVariable::Form::kParentheses : HostVariable::Form::kBraces,
                rest.substr(2, i - 2), at + i + 1};
      }
    }
    return variable;
  }
  const std::string_view name = identifier(rest.substr(1));
  if (name.empty()) return variable;
  return {HostVariable::Form::kPlain, name, at + 1 + name.size()};
}

std::string read_variable(const HostVariable& variable, std::string_view text,
                          const PodScript::Environment* environment, std::string_view set) {
  return Reader(text, environment, set).read(variable, 0);
}

}  // namespace sts::lint
