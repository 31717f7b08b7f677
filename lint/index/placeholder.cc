#include "lint/index/placeholder.h"

#include "kube/object/placeholder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sts::lint {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kMarks{{
    {"{{", "}}"},
    {"{%", "%}"},
    {"${", "}"},
    {"$(", ")"},
    {"##", "##"},
    {"@", "@"},
    {"<", ">"},
}};

// From the first mark to the end of the last; npos where there is none.
std::pair<std::size_t, std::size_t> extent(std::string_view text) {
  std::size_t first = std::string_view::npos;
  std::size_t last = 0;
  for (const auto& [open, close] : kMarks) {
    const std::size_t begin = text.find(open);
    if (begin == std::string_view::npos) continue;
    const std::size_t end = text.rfind(close);
    if (end == std::string_view::npos || end < begin + open.size()) continue;
    first = std::min(first, begin);
    last = std::max(last, end + close.size());
  }
  return {first, last};
}

}  // namespace

bool may_become(std::string_view text, std::string_view name) {
  if (!kube::has_placeholder(text, false)) return text == name;
  const auto [first, last] = extent(text);
  if (first == std::string_view::npos) return text == name;
  const std::string_view head = text.substr(0, first);
  const std::string_view tail = text.substr(last);
  return name.size() >= head.size() + tail.size() && name.substr(0, head.size()) == head &&
         name.substr(name.size() - tail.size()) == tail;
}

}  // namespace sts::lint
