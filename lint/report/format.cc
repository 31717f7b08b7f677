#include "lint/report/format.h"

namespace sts::lint {

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      {"text", render_text},
  };
  return all;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace sts::lint
