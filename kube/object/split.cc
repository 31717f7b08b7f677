#include "kube/object/split.h"

#include "kube/object/utf8.h"

#include <cstring>

namespace sts::kube {
namespace {

constexpr std::string_view kBlank = " \t\r\n\v\f";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace

std::vector<Chunk> split_documents(std::string_view text) {
  std::vector<Chunk> chunks;
  Chunk open;
  const auto offset = [&](std::string_view part) {
    return static_cast<std::uint32_t>(part.data() - text.data());
  };
  if (text.starts_with(kByteOrderMark)) open.range.begin = kByteOrderMark.size();
  std::size_t at = open.range.begin;
  while (at < text.size()) {
    const std::size_t newline = text.find('\n', at);
    const std::size_t next = newline == std::string_view::npos ? text.size() : newline + 1;
    std::string_view line = text.substr(at, next - at);
    const bool marked = line.starts_with(kByteOrderMark);
    if (marked) line.remove_prefix(kByteOrderMark.size());
    if (line.starts_with("---")) {
      open.range.end = static_cast<std::uint32_t>(at);
      chunks.push_back(open);
      open = {};
      open.range.begin = static_cast<std::uint32_t>(next);
      if (marked) {
        const auto begin = static_cast<std::uint32_t>(at);
        open.separator_mark = {begin, begin + static_cast<std::uint32_t>(kByteOrderMark.size())};
      }
      const std::string_view rest = trim(line.substr(3));
      if (!rest.empty() && rest.front() != '#') {
        const std::uint32_t begin = offset(rest);
        open.separator_text = {begin, begin + static_cast<std::uint32_t>(rest.size())};
      }
    }
    at = next;
  }
  open.range.end = static_cast<std::uint32_t>(text.size());
  chunks.push_back(open);
  return chunks;
}

bool is_blank_document(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find_first_of("\r\n", at);
    const std::string_view line =
        text.substr(at, end == std::string_view::npos ? text.size() - at : end - at);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] != '#') return false;
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return true;
}

std::optional<std::string_view> sniff_kind(std::string_view text) {
  std::optional<std::string_view> found;
  std::size_t at = 0;
  while (at < text.size()) {
    const char* const newline =
        static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at));
    const std::size_t next =
        newline == nullptr ? text.size() : static_cast<std::size_t>(newline - text.data()) + 1;
    const std::string_view line = text.substr(at, next - at);
    at = next;
    if (!line.starts_with("kind:")) continue;
    if (found) return std::nullopt;
    std::string_view value = line.substr(5);
    if (!value.empty() && kBlank.find(value.front()) == std::string_view::npos) continue;
    const std::size_t comment = value.find(" #");
    value = trim(value.substr(0, comment));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    if (value.empty() || value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
                                                 "xyz0123456789") != std::string_view::npos) {
      return std::nullopt;
    }
    found = value;
  }
  return found;
}

}  // namespace sts::kube
