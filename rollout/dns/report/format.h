#pragma once

#include "rollout/dns/dns.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// A value of -o. A new format is one file with a render function and one line in format.cc.
struct DnsFormat {
  std::string_view name;  // "" for the default
  std::string (*render)(const std::vector<DnsReport>& reports, bool colour);
};

/// All formats, the default first.
const std::vector<DnsFormat>& dns_formats();
/// Null where there is none of that name.
const DnsFormat* find_dns_format(std::string_view name);

std::string render_dns_text(const std::vector<DnsReport>& reports, bool colour);
std::string render_dns_json(const std::vector<DnsReport>& reports, bool colour);

}  // namespace sts::rollout
