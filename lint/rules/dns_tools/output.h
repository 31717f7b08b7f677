#pragma once

#include "lint/script/dns_tool_use.h"

#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// A stage that reads nslookup's output.
struct Reader {
  shell::NodeId command = shell::kNoNode;
  std::string name;                          // grep, awk …
  std::vector<const shell::Word*> operands;  // literal words that are no options
  std::vector<std::string> options;
  bool first = false;  // straight behind nslookup
  bool last = false;   // of the pipeline: its status counts
};

/// The stages behind a piped nslookup, in order.
std::vector<Reader> readers(const DnsToolUse& use);

/// Does a grep pattern (fixed text, or alternatives of it) match the line that nslookup prints for
/// the DNS server? Patterns with other regular expression syntax: no.
bool matches_server_line(std::string_view pattern, NslookupClass tools, bool ignore_case,
                         bool extended);

}  // namespace sts::lint
