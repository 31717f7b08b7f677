#include "rollout/dns/report/format.h"

#include <algorithm>

namespace sts::rollout {

const std::vector<DnsFormat>& dns_formats() {
  static const std::vector<DnsFormat> kFormats = {{"", render_dns_text}, {"json", render_dns_json}};
  return kFormats;
}

const DnsFormat* find_dns_format(std::string_view name) {
  const auto& formats = dns_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const DnsFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace sts::rollout
