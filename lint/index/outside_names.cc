#include "lint/index/outside_names.h"

#include "lint/index/kinds.h"
#include "lint/index/paths.h"
#include "lint/index/placeholder.h"
#include "lint/index/unread.h"

#include <algorithm>

namespace sts::lint {
namespace {

constexpr std::size_t kLongestName = 63;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// FNV-1a, a byte at a time.
constexpr std::uint64_t kHashOfNothing = 14695981039346656037ULL;
std::uint64_t with_byte(std::uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = kHashOfNothing;
  for (const char c : word) hash = with_byte(hash, c);
  return hash;
}

// The name is the word, or the word with more behind a dash.
bool begins_with_word(std::string_view name, std::string_view word) {
  return !word.empty() && name.substr(0, word.size()) == word &&
         (name.size() == word.size() || name[word.size()] == '-');
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool speaks_of_services(std::string_view line) {
  for (const std::string_view word : {"ervice", "svc", "host", "Host"}) {
    if (line.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool NameParts::fits(std::string_view name) const {
  if (!open) return name == head;
  return name.size() >= head.size() + tail.size() && name.substr(0, head.size()) == head &&
         name.substr(name.size() - tail.size()) == tail;
}

void OutsideNames::add_words(std::string_view text, const EverydayWords& everyday,
                             const std::string& what) {
  const auto source = static_cast<std::uint32_t>(sources_.size());
  sources_.push_back(what);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    add_line(line, everyday(line), source);
  }
}

void OutsideNames::add_line(std::string_view line, bool everyday, std::uint32_t source) {
  std::uint64_t hash = kHashOfNothing;
  std::size_t length = 0;
  bool is_name = true;  // words with other letters are no object's name
  bool has_dash = false;
  const auto end_word = [&] {
    if (length > 0 && length <= kLongestName && is_name && (has_dash || everyday)) {
      words_.emplace(hash, source);
    }
    hash = kHashOfNothing;
    length = 0;
    is_name = true;
    has_dash = false;
  };
  for (const char c : line) {
    if (!is_word_byte(c)) {
      end_word();
      continue;
    }
    is_name = is_name && is_name_byte(c);
    has_dash = has_dash || c == '-';
    hash = with_byte(hash, c);
    ++length;
  }
  end_word();
}

void OutsideNames::add_maker(Kind kind, NameParts parts, const std::string& what) {
  if (!known_makers_.insert({kind, parts.head, parts.tail, parts.open}).second) return;
  makers_.push_back({kind, std::move(parts), what});
}

void OutsideNames::add_program(const ProjectFile& file) {
  if (!file.source) return;
  const std::string_view text = file.source->bytes();
  std::vector<NameParts> names = service_names_in(text);
  const bool makes = makes_services(text);
  add_words(
      text, [&](std::string_view) { return makes; }, file.path);
  for (NameParts& parts : names) {
    add_maker(Kind::kService, std::move(parts), file.path);
  }
}

void OutsideNames::add_custom_resource(const CustomResource& resource, const ProjectFile& file) {
  const std::string what =
      std::string(resource.kind) + " \"" + std::string(resource.name) + "\" (" + file.path + ")";
  add_words(resource.text, speaks_of_services, what);
  resources_.push_back({std::string(resource.name), std::string(resource.name_space), what});
  // prometheus-operated, alertmanager-operated: after the kind.
  resources_.push_back({lower(resource.kind), std::string(resource.name_space), what});
}

void OutsideNames::add_template(Kind kind, std::string_view written, const ProjectFile& file) {
  const std::string what = "the template " + file.path;
  NameParts parts = name_parts(written);
  if (has_letter(parts.head) || has_letter(parts.tail)) {
    add_maker(kind, std::move(parts), what);
    return;
  }
  // `{{ include "db.fullname" . }}`: the release's name, the chart's name, or both.
  const std::string_view folder = template_folder(file.path);
  if (folder == folder_of(file.path) || folder.empty()) return;
  const std::string chart(file_name_of(folder));
  add_maker(kind, {chart, "", true}, what);
  add_maker(kind, {"", "-" + chart, true}, what);
}

std::optional<std::string> OutsideNames::may_bring(Kind kind, std::string_view name,
                                                   std::string_view name_space) const {
  const auto word = words_.find(hash_of(name));
  if (word != words_.end()) return sources_[word->second] + " has this name in its text";
  for (const Maker& maker : makers_) {
    if ((maker.kind == kind || maker.kind == Kind::kOther) && maker.parts.fits(name)) {
      return maker.what + " may bring it";
    }
  }
  if (is_cluster_scoped(kind)) return std::nullopt;
  for (const Named& each : resources_) {
    const bool apart =
        !each.name_space.empty() && !name_space.empty() && each.name_space != name_space;
    if (!apart && begins_with_word(name, each.name))
      return "the operator of " + each.what + " may bring it";
  }
  return std::nullopt;
}

NameParts name_parts(std::string_view text) {
  constexpr std::string_view kOpeners[] = {"{{", "{%",  "${", "$(", "%(", "%s", "%d",
                                           "%v", "\\(", "##", "{",  "@",  "<"};
  std::size_t first = std::string_view::npos;
  for (const std::string_view opener : kOpeners) first = std::min(first, text.find(opener));
  if (first == std::string_view::npos) return {std::string(text), "", false};
  // Behind the last byte that cannot be part of a name: `}`, `)`, the letter of `%s`.
  std::size_t last = text.size();
  while (last > first && (is_word_byte(text[last - 1]) || text[last - 1] == '.')) --last;
  const bool verb = last > first && text[last - 1] == '%' && last < text.size();
  const bool keyed = last > first && text[last - 1] == ')' && last < text.size() &&
                     text.substr(0, last).rfind("%(") != std::string_view::npos;
  if (verb || keyed) ++last;
  return {std::string(text.substr(0, first)), std::string(text.substr(last)), true};
}

}  // namespace sts::lint
