#include "kube/object/prescan.h"

#include "kube/object/utf8.h"

#include <array>
#include <cstdio>
#include <string>

namespace sts::kube {
namespace {

// What needs a closer look: everything but printable ASCII, tabs and line feeds.
constexpr std::array<bool, 256> kPlainByte = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = true;
  plain['\t'] = plain['\n'] = true;
  return plain;
}();

std::string code_name(char32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(value));
  return text;
}

std::string byte_name(char c) {
  char text[8];
  std::snprintf(text, sizeof text, "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return text;
}

// The ranges of yaml_parser_update_buffer in go-yaml v2 (readerc.go).
bool allowed_in_yaml(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7E) || c == 0x85 ||
         (c >= 0xA0 && c <= 0xFFFD) || c >= 0x10000;
}

class Scan {
 public:
  Scan(std::string_view text, ByteRange range, bool json)
      : text_(text), range_(range), json_(json) {}

  Prescan run() {
    std::uint32_t at = range_.begin;
    while (at < range_.end && result_.readable) {
      if (kPlainByte[static_cast<unsigned char>(text_[at])]) {
        ++at;
        continue;
      }
      at += look(at);
    }
    return std::move(result_);
  }

 private:
  std::uint32_t look(std::uint32_t at) {
    const CodePoint point = read_code_point(text_.substr(at, range_.end - at));
    if (point.length == 0) {
      refuse({at, at + 1}, "the byte " + byte_name(text_[at]) + " is no valid UTF-8 here",
             "save the file as UTF-8");
      return 1;
    }
    const auto length = static_cast<std::uint32_t>(point.length);
    const ByteRange where{at, at + length};
    if (point.value == '\r') {
      if (at + 1 < text_.size() && text_[at + 1] == '\n') return 2;
      note(carriage_return_, {at, at},
           "a lone carriage return ends this line; kubectl finds no --- after it",
           "convert the file's line ends to \\n");
    } else if (json_ ? point.value < 0x20 : !allowed_in_yaml(point.value)) {
      refuse(where, "the control character " + code_name(point.value) + " is not allowed here",
             "remove it, or write it as an escape in a double-quoted string");
    } else if (point.value == 0xFEFF && at == range_.begin) {
      // libyaml and go-yaml pass over it here; whoever glued the files together should know.
      note(byte_order_mark_, where, "a byte order mark (U+FEFF) stands in the middle of the file",
           "remove it");
    } else if (point.value == 0xFEFF && !json_ && at_line_start(at)) {
      refuse(where,
             "a byte order mark (U+FEFF) stands in the middle of the document; kubectl makes it a "
             "part of the next key",
             "remove it");
    } else if (!json_ && (point.value == 0x85 || point.value == 0x2028 || point.value == 0x2029)) {
      note(line_break_, where,
           code_name(point.value) + " ends a line for kubectl, but not in most editors",
           "replace it with an ordinary line break or a space");
    }
    return length;
  }

  bool at_line_start(std::uint32_t at) const {
    while (at > range_.begin && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == range_.begin || text_[at - 1] == '\n' || text_[at - 1] == '\r';
  }

  void refuse(ByteRange where, std::string message, std::string fix) {
    result_.readable = false;
    result_.problems.push_back(
        {ProblemKind::kSyntax, where, std::move(message), std::move(fix), {}, {}});
  }

  void note(bool& said, ByteRange where, std::string message, std::string fix) {
    if (said) return;
    said = true;
    result_.problems.push_back(
        {ProblemKind::kOddity, where, std::move(message), std::move(fix), {}, {}});
  }

  std::string_view text_;
  ByteRange range_;
  bool json_;
  bool carriage_return_ = false;
  bool byte_order_mark_ = false;
  bool line_break_ = false;
  Prescan result_;
};

}  // namespace

Prescan prescan(std::string_view text, ByteRange range, bool json) {
  return Scan(text, range, json).run();
}

std::optional<Problem> prescan_file(std::string_view text) {
  // As git does: a NUL near the beginning makes a file binary.
  constexpr std::size_t kLookedAt = 8000;
  const ByteRange start{0, text.empty() ? 0U : 1U};
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Problem{ProblemKind::kSyntax, start, "the file is UTF-16 text",
                   "save it as UTF-8",   {},    {}};
  }
  const std::size_t nul = text.substr(0, kLookedAt).find('\0');
  if (nul == std::string_view::npos) return std::nullopt;
  const auto at = static_cast<std::uint32_t>(nul);
  return Problem{
      ProblemKind::kSyntax, {at, at + 1}, "a NUL byte: this is a binary file, not YAML or JSON",
      "leave the file out", {},           {}};
}

}  // namespace sts::kube
