#include "lint/model/text.h"

#include <algorithm>
#include <cctype>

namespace sts::lint {

std::string title(const Object& object) {
  const std::string kind(object.kind_name);
  return object.name.empty() ? "this " + kind : kind + " " + quoted(object.name);
}

std::string dotted(std::string_view pointer) {
  std::string out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view step = pointer.substr(0, end);
    pointer.remove_prefix(end);
    const bool index = !step.empty() && std::all_of(step.begin(), step.end(), [](unsigned char c) {
      return std::isdigit(c) != 0;
    });
    if (index && !out.empty()) {
      out += "[" + std::string(step) + "]";
      continue;
    }
    if (!out.empty()) out += '.';
    for (std::size_t i = 0; i < step.size(); ++i) {
      // RFC 6901: ~1 is a slash, ~0 a tilde.
      if (step[i] == '~' && i + 1 < step.size()) {
        out += step[++i] == '1' ? '/' : '~';
      } else {
        out += step[i];
      }
    }
  }
  return out;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  if (text.size() <= kLongest) return "\"" + std::string(text) + "\"";
  std::size_t cut = kLongest;
  // Never inside a UTF-8 sequence.
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return "\"" + std::string(text.substr(0, cut)) + "…\"";
}

}  // namespace sts::lint
