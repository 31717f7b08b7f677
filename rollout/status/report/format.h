#pragma once

#include "rollout/status/report.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// What `kubectl sts status` shows.
struct StatusOutput {
  std::vector<StatusReport> reports;
  bool list = false;            // not one set by its name: a line each
  bool all_namespaces = false;  // a column says which
};

/// A value of -o. A new format is one file with a render function and one line in format.cc.
struct StatusFormat {
  std::string_view name;  // "" for the default
  std::string (*render)(const StatusOutput& output, bool colour);
};

/// All formats, the default first.
const std::vector<StatusFormat>& status_formats();
/// Null where there is none of that name.
const StatusFormat* find_status_format(std::string_view name);

std::string render_status_text(const StatusOutput& output, bool colour);
std::string render_status_wide(const StatusOutput& output, bool colour);
std::string render_status_json(const StatusOutput& output, bool colour);
std::string render_status_yaml(const StatusOutput& output, bool colour);

}  // namespace sts::rollout
