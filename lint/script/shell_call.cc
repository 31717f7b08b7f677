#include "lint/script/shell.h"

#include <algorithm>

namespace sts::lint::shell {

namespace {

std::string basename(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_assignment(const Word& word) {
  return !word.parts.empty() && word.parts[0].kind == PartKind::kLiteral && !word.parts[0].quoted &&
         word.parts[0].text.find('=') != std::string::npos && word.parts[0].text[0] != '=';
}

bool starts_with(const Word& word, char c) {
  return !word.parts.empty() && word.parts[0].kind == PartKind::kLiteral &&
         word.parts[0].text.starts_with(c);
}

// Skips a wrapper's own options; `with_value` are those that take the next word.
std::size_t skip_options(const std::vector<Word>& words, std::size_t at,
                         std::initializer_list<std::string_view> with_value) {
  while (at < words.size() && starts_with(words[at], '-')) {
    const bool takes = std::any_of(with_value.begin(), with_value.end(),
                                   [&](std::string_view option) { return words[at].is(option); });
    const bool ends = words[at].is("--");
    at += takes ? 2 : 1;
    if (ends) break;
  }
  return at;
}

}  // namespace

std::optional<std::string> Word::literal() const {
  std::string text;
  for (const Part& part : parts) {
    if (part.kind != PartKind::kLiteral) return std::nullopt;
    text += part.text;
  }
  return text;
}

bool Word::is(std::string_view text) const {
  if (parts.size() == 1) return parts[0].kind == PartKind::kLiteral && parts[0].text == text;
  const auto value = literal();
  return value && *value == text;
}

std::string Word::literal_text() const {
  std::string text;
  for (const Part& part : parts) {
    if (part.kind == PartKind::kLiteral) text += part.text;
  }
  return text;
}

Word literal_word(std::string_view text, Range range) {
  Word word;
  word.range = range;
  Part part;
  part.range = range;
  part.text = text;
  word.parts.push_back(std::move(part));
  return word;
}

Call call(const std::vector<Word>& words) {
  Call result;
  std::size_t at = 0;
  while (at < words.size()) {
    const auto literal = words[at].literal();
    if (!literal || literal->empty()) break;
    const std::string name = basename(*literal);
    if (name == "env") {
      at = skip_options(words, at + 1, {"-u", "-C", "-S"});
      while (at < words.size() && is_assignment(words[at])) ++at;
    } else if (name == "timeout") {
      // busybox ≤ 1.29 wants `timeout -t SECS PROG`, later ones and coreutils `timeout SECS PROG`.
      const std::size_t first = at + 1;
      at = skip_options(words, first, {"-s", "-k", "-t", "--signal", "--kill-after"});
      const bool old_form = first < words.size() && words[first].is("-t");
      if (!old_form) ++at;
      result.timed = true;
    } else if (name == "exec" || name == "command" || name == "nohup" || name == "time" ||
               name == "busybox" || name == "builtin" || name == "setsid") {
      // `command -v x` asks about x and does not run it.
      if (name == "command" && at + 1 < words.size() &&
          (words[at + 1].is("-v") || words[at + 1].is("-V"))) {
        break;
      }
      if (at + 1 >= words.size()) break;
      at = skip_options(words, at + 1, {"-a", "-o", "-f"});
    } else if (name == "nice" || name == "sudo" || name == "stdbuf") {
      at = skip_options(words, at + 1, {"-n", "-u", "-g"});
    } else {
      break;
    }
  }
  if (at >= words.size()) return result;
  result.word = &words[at];
  if (const auto literal = words[at].literal()) result.name = basename(*literal);
  for (std::size_t i = at + 1; i < words.size(); ++i) result.args.push_back(&words[i]);
  return result;
}

bool is_shell(std::string_view name) {
  return name == "sh" || name == "ash" || name == "bash" || name == "dash" || name == "ksh" ||
         name == "zsh";
}

std::optional<ShellCall> shell_call(const Call& call) {
  if (!is_shell(call.name)) return std::nullopt;
  ShellCall result;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const auto arg = call.args[i]->literal();
    if (arg && arg->size() > 1 && (arg->front() == '-' || arg->front() == '+')) {
      const bool on = arg->front() == '-';
      if (arg->starts_with("--")) continue;
      const std::string_view flags = std::string_view(*arg).substr(1);
      if (flags.find('s') != std::string_view::npos) return std::nullopt;
      if (flags.find('e') != std::string_view::npos) result.errexit = on;
      if (flags.find('c') != std::string_view::npos) result.inline_text = on;
      if (flags.find('o') != std::string_view::npos) {  // -o NAME, also as in -euo pipefail
        if (++i >= call.args.size()) return std::nullopt;
        if (call.args[i]->is("pipefail")) result.pipefail = on;
        if (call.args[i]->is("errexit")) result.errexit = on;
      }
      continue;
    }
    result.script = i;
    return result;
  }
  return std::nullopt;
}

}  // namespace sts::lint::shell
