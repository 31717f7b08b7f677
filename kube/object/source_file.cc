#include "kube/object/source_file.h"

#include "kube/object/utf8.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sts::kube {
namespace {

constexpr std::size_t kBlock = 4096;

}  // namespace

SourceFile::SourceFile(std::string name, std::string bytes)
    : name_(std::move(name)), bytes_(std::move(bytes)) {}

const std::vector<std::uint32_t>& SourceFile::line_starts() const {
  std::call_once(lines_once_, [this] {
    const std::string_view text = bytes_;
    line_starts_.push_back(0);
    std::size_t at = 0;
    while ((at = text.find_first_of("\r\n", at)) != std::string_view::npos) {
      at += text.substr(at, 2) == "\r\n" ? 2 : 1;
      line_starts_.push_back(static_cast<std::uint32_t>(at));
    }
    line_starts_.shrink_to_fit();
  });
  return line_starts_;
}

// Files of one long line: counting from its start for every finding would be quadratic.
std::uint32_t SourceFile::code_points_before(std::uint32_t offset) const {
  const std::string_view text = bytes_;
  std::call_once(marks_once_, [&] {
    std::uint32_t count = 0;
    for (std::size_t at = 0; at <= text.size(); at += kBlock) {
      marks_.push_back(count);
      count += static_cast<std::uint32_t>(code_points(text.substr(at, kBlock)));
    }
  });
  const std::size_t block = offset / kBlock;
  const std::string_view rest = text.substr(block * kBlock, offset - block * kBlock);
  return marks_[block] + static_cast<std::uint32_t>(code_points(rest));
}

Position SourceFile::position(std::uint32_t offset) const {
  const auto& starts = line_starts();
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  std::uint32_t begin = starts[line - 1];
  if (begin == 0 && std::string_view(bytes_).starts_with(kByteOrderMark)) {
    begin = std::min<std::uint32_t>(offset, kByteOrderMark.size());
  }
  if (offset - begin > kBlock) {
    return {line, code_points_before(offset) - code_points_before(begin) + 1};
  }
  const std::string_view before = std::string_view(bytes_).substr(begin, offset - begin);
  return {line, static_cast<std::uint32_t>(code_points(before)) + 1};
}

std::string_view SourceFile::line(std::uint32_t number) const {
  const auto& starts = line_starts();
  if (number == 0 || number > starts.size()) return {};
  const std::size_t begin = starts[number - 1];
  const std::size_t end = number < starts.size() ? starts[number] : bytes_.size();
  std::string_view text = std::string_view(bytes_).substr(begin, end - begin);
  if (begin == 0 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t SourceFile::line_count() const {
  const auto& starts = line_starts();
  // A final line break ends the last line; it does not begin another.
  const bool ends_with_break = starts.size() > 1 && starts.back() == bytes_.size();
  return static_cast<std::uint32_t>(starts.size()) - (ends_with_break ? 1 : 0);
}

}  // namespace sts::kube
