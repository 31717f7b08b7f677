#include "lint/hosts/xml_text.h"

namespace sts::lint {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kLookBack = 512;  // from a value to its name

}  // namespace

bool XmlText::in_comment(std::size_t at) {
  while (comment_ != kNone && comment_ < at) {
    const std::size_t end = text_.find("-->", comment_);
    if (end == kNone || end > at) return true;
    comment_ = text_.find("<!--", end);
  }
  return false;
}

std::string_view XmlText::name_of(std::size_t at) const {
  const std::size_t cut = at > kLookBack ? at - kLookBack : 0;
  std::string_view before = text_.substr(cut, at - cut);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  if (last == kNone || before[last] != '>') return {};
  before = before.substr(0, last);
  const std::size_t open = before.find_last_of('<');
  if (open == kNone) return {};
  const std::string_view element = before.substr(open + 1);
  if (element != "value") return element.substr(0, element.find(' '));
  before = before.substr(0, open);
  constexpr std::string_view kName = "<name>";
  const std::size_t name = before.rfind(kName);
  if (name == kNone || before.find("</property>", name) != kNone) return {};
  before.remove_prefix(name + kName.size());
  return before.substr(0, before.find('<'));
}

}  // namespace sts::lint
