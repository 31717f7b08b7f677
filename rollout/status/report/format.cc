#include "rollout/status/report/format.h"

#include <algorithm>

namespace sts::rollout {

const std::vector<StatusFormat>& status_formats() {
  static const std::vector<StatusFormat> kFormats = {
      {"", render_status_text},
      {"wide", render_status_wide},
      {"json", render_status_json},
      {"yaml", render_status_yaml},
  };
  return kFormats;
}

const StatusFormat* find_status_format(std::string_view name) {
  const auto& formats = status_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const StatusFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace sts::rollout
