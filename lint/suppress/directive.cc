#include "lint/suppress/directive.h"

#include "lint/model/near_miss.h"
#include "lint/rule.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sts::lint {
namespace {

constexpr std::string_view kName = "kubectl-sts:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kNoEffect = "this ignores nothing: ";

// What other linters call it, and what hands make of it.
constexpr std::array<std::string_view, 12> kVerbs = {"ignore",  "ignores",  "ignored",  "ignoring",
                                                     "disable", "disabled", "suppress", "skip",
                                                     "noqa",    "nolint",   "exclude",  "allow"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return is_letter(c) || c == '-' || c == '_'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view chars) {
  return std::min(text.find_first_not_of(chars, at), text.size());
}

// Behind "kubectl-sts", in whatever spelling; 0 where the text does not begin with it.
std::size_t name_end(std::string_view text) {
  constexpr std::string_view kFirst = "kubectl";
  constexpr std::string_view kSecond = "sts";
  if (lower(text.substr(0, kFirst.size())) != kFirst) return 0;
  std::size_t at = kFirst.size();
  if (at < text.size() && std::string_view("-_ ./").find(text[at]) != std::string_view::npos) ++at;
  if (lower(text.substr(at, kSecond.size())) != kSecond) return 0;
  at += kSecond.size();
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0 ? 0 : at;
}

bool is_verb(std::string_view word) {
  const std::string plain = lower(word);
  // ignore-next-line, disable-line
  const std::string_view stem = std::string_view(plain).substr(0, plain.find('-'));
  if (std::find(kVerbs.begin(), kVerbs.end(), stem) != kVerbs.end()) return true;
  const std::optional<int> distance = near_miss(stem, kIgnore);
  return distance && *distance < 2;
}

// A word of a sentence about the program, not to it.
bool is_told(std::string_view verb) {
  const std::string plain = lower(verb);
  return plain.ends_with("s") || plain.ends_with("ed") || plain.ends_with("ing");
}

// The rule that a word was meant to name: it has the very id, or one slip in it.
const Rule* surely_meant(std::string_view word) {
  if (const Rule* const rule = find_rule(word)) return rule;
  const Rule* const near = nearest_rule(word);
  if (near == nullptr) return nullptr;
  const std::string plain = lower(word);
  const std::optional<int> distance = near_miss(plain, near->id);
  return plain == near->id || (distance && *distance < 2) ? near : nullptr;
}

// Ids as they should be written, from words in whatever list; `end` behind the last one.
std::string ids_meant(std::string_view text, std::size_t& end) {
  constexpr std::string_view kAround = " \t\r\n,;()[]\"'`*";
  std::string ids;
  for (std::size_t at = skip(text, end, kAround); at < text.size();) {
    const std::size_t stop = std::min(text.find_first_of(kAround, at), text.size());
    const Rule* const rule = surely_meant(text.substr(at, stop - at));
    if (rule == nullptr) break;
    const std::string_view id =
        find_rule(text.substr(at, stop - at)) == rule ? text.substr(at, stop - at) : rule->id;
    ids += (ids.empty() ? "" : ",") + std::string(id);
    end = stop;
    at = skip(text, stop, kAround);
  }
  return ids;
}

std::string reason_of(std::string_view text, std::size_t from) {
  const std::size_t dashes = text.find("--", from);
  if (dashes == std::string_view::npos) return "";
  const std::size_t begin = skip(text, dashes, "- \t");
  const std::size_t end = text.find_last_not_of(" \t\r") + 1;
  return begin < end ? " -- " + std::string(text.substr(begin, end - begin)) : "";
}

// The words of a comment, behind its `#`: [begin, …) of it.
class Reading {
 public:
  Reading(std::string_view comment, std::size_t begin) : text_(comment), begin_(begin) {}

  std::optional<Directive> read() {
    const std::size_t name = name_end(text_.substr(begin_));
    if (name == 0) return std::nullopt;
    if (auto good = well_written()) return good;
    return badly_written(begin_ + name);
  }

 private:
  bool at(std::size_t where, std::string_view what) const {
    return text_.substr(std::min(where, text_.size())).starts_with(what);
  }

  std::optional<Directive> well_written() {
    if (!at(begin_, kName)) return std::nullopt;
    const std::size_t verb = skip(text_, begin_ + kName.size(), " \t");
    if (!at(verb, kIgnore) || !at(verb + kIgnore.size(), "=")) return std::nullopt;
    const std::size_t base = verb + kIgnore.size() + 1;
    Directive found;
    found.ids = split_ids(text_.substr(base));
    for (kube::ByteRange& id : found.ids) {
      id.begin += static_cast<std::uint32_t>(base);
      id.end += static_cast<std::uint32_t>(base);
    }
    if (found.ids.empty()) return wrong(base, "it names no rule", base);
    found.end = found.ids.back().end;
    // `ignore=a b`: the second would be taken for prose.
    std::size_t end = skip(text_, found.end, " \t");
    const std::size_t more = end;
    if (!ids_meant(text_, end).empty() && only_ids(more)) {
      found.mistaken = {static_cast<std::uint32_t>(more), static_cast<std::uint32_t>(end)};
      found.problem = "\"" + std::string(text_.substr(more, end - more)) +
                      "\" is not ignored: ids are joined by commas";
      end = base;
      found.fix = written(ids_meant(text_, end), end);
      found.end = end;
    }
    return found;
  }

  // The next word is an id as it stands; "service" in prose is none.
  bool only_ids(std::size_t from) const {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,;", from), text_.size());
    return find_rule(text_.substr(from, end - from)) != nullptr;
  }

  std::optional<Directive> badly_written(std::size_t after_name) {
    std::size_t at_verb = after_name;
    for (const std::string_view suffix : {"-lint", ".io"}) {
      if (at(at_verb, suffix)) at_verb += suffix.size();
    }
    const bool addressed = at(skip(text_, at_verb, " \t"), ":");
    at_verb = skip(text_, at_verb, " \t:/.=-");
    std::size_t end = at_verb;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view verb = text_.substr(at_verb, end - at_verb);
    if (!is_verb(verb)) return std::nullopt;
    const std::size_t sign = skip(text_, end, " \t");
    const bool assigned = at(sign, "=") || at(sign, ":");
    std::size_t ids_end = skip(text_, end, " \t:=(");
    const std::size_t ids_begin = ids_end;
    const std::string ids = ids_meant(text_, ids_end);
    // "# kubectl sts ignores STS103 here" is prose.
    if (!addressed && !assigned && (ids.empty() || is_told(verb))) return std::nullopt;

    Directive found = wrong(std::max(ids.empty() ? end : ids_end, end), "", ids_begin);
    if (!at(begin_, kName)) {
      found.problem += "an ignore begins with \"" + std::string(kName) + "\"";
    } else if (verb != kIgnore) {
      found.problem += "the word is \"ignore=\", not \"" + std::string(verb) + "\"";
    } else {
      found.problem += "\"ignore\" is followed by \"=\", without spaces";
    }
    return found;
  }

  Directive wrong(std::size_t end, std::string_view why, std::size_t ids_begin) const {
    Directive found;
    found.mistaken = {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end)};
    found.problem = std::string(kNoEffect) + std::string(why);
    std::size_t behind = ids_begin;
    const std::string ids = ids_meant(text_, behind);
    found.fix = written(ids.empty() ? "ID" : ids, behind);
    found.end = end;
    return found;
  }

  std::string written(const std::string& ids, std::size_t reason_from) const {
    return "# " + std::string(kName) + " ignore=" + ids + reason_of(text_, reason_from);
  }

  std::string_view text_;
  std::size_t begin_;
};

// `# made later; kubectl-sts: ignore=service-not-found`
std::optional<Directive> in_the_middle(std::string_view comment, std::size_t from) {
  for (std::size_t at = comment.find(kName, from); at != std::string_view::npos;
       at = comment.find(kName, at + 1)) {
    if (!is_blank(comment[at - 1]) || at < 2 || comment[at - 2] == '#') continue;
    std::optional<Directive> found = Reading(comment, at).read();
    if (!found || found->ids.empty()) continue;
    const kube::ByteRange first = found->ids.front();
    if (find_rule(comment.substr(first.begin, first.end - first.begin)) == nullptr) continue;
    found->mistaken = {static_cast<std::uint32_t>(at), found->ids.back().end};
    found->problem = std::string(kNoEffect) + "an ignore stands at the beginning of its comment";
    std::size_t end = first.begin;
    const std::string ids = ids_meant(comment, end);
    found->fix = "# " + std::string(kName) + " ignore=" + ids + reason_of(comment, end);
    found->ids.clear();
    return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Directive> directive_of(std::string_view comment) {
  const std::size_t begin = skip(comment, skip(comment, 0, "#"), " \t");
  if (begin == comment.size()) return std::nullopt;
  if (auto found = Reading(comment, begin).read()) return found;
  return in_the_middle(comment, begin);
}

bool is_misspelt_key(std::string_view key) {
  if (key == "kubectl-sts/ignore") return false;
  const std::size_t name = name_end(key);
  if (name == 0) return false;
  // kubectl-sts.io/ignore, kubectl-sts/ignores, kubectl-sts-ignore
  const std::size_t begin = std::min(key.find_last_of("/.") + 1, key.size());
  return is_verb(key.substr(skip(key, std::max(begin, name), "-_./")));
}

bool mentions_us(std::string_view text) {
  for (const std::string_view first : {"kubectl", "Kubectl", "KUBECTL", "KubeCtl"}) {
    for (std::size_t at = text.find(first); at != std::string_view::npos;
         at = text.find(first, at + first.size())) {
      if (name_end(text.substr(at, 16)) != 0) return true;
    }
  }
  return false;
}

std::vector<kube::ByteRange> split_ids(std::string_view text) {
  std::vector<kube::ByteRange> ids;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at]) || text[at] == ',' || text[at] == '\n') {
      ++at;
      continue;
    }
    if (text.substr(at).starts_with("--")) break;
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end]) && text[end] != ',' && text[end] != '\n') {
      ++end;
    }
    ids.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
    // Ids are joined by commas, or stand on lines of their own; anything else after one is prose.
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at < text.size() && text[at] != ',' && text[at] != '\n') break;
  }
  return ids;
}

}  // namespace sts::lint
