#include "lint/rules/dns_tools/output.h"

#include <algorithm>
#include <cctype>

namespace sts::lint {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool plain_matches(std::string_view pattern, std::string_view line) {
  const bool anchored = pattern.starts_with('^');
  if (anchored) pattern.remove_prefix(1);
  if (pattern.empty() || pattern.find_first_of(".*[]$+?(){}\\|^") != std::string_view::npos) {
    return false;
  }
  const std::size_t at = line.find(pattern);
  // What follows the label is the server's address, of which nothing is known.
  return anchored ? at == 0 : at != std::string_view::npos;
}

}  // namespace

std::vector<Reader> readers(const DnsToolUse& use) {
  std::vector<Reader> all;
  if (!use.gating().piped) return all;
  const shell::Script& script = use.script->script;
  const shell::Node* pipeline = nullptr;
  shell::NodeId at = use.use->command;
  // nslookup itself may stand in braces: { nslookup x; } | grep y.
  while (script.at(at).slot != shell::Slot::kRoot) {
    const shell::Node& above = script.at(script.at(at).parent);
    if (above.kind == shell::NodeKind::kPipeline && above.children.size() > 1) {
      pipeline = &above;
      break;
    }
    at = script.at(at).parent;
  }
  if (pipeline == nullptr) return all;
  for (std::size_t i = script.at(at).place + 1; i < pipeline->children.size(); ++i) {
    const shell::Node& stage = script.at(pipeline->children[i]);
    if (stage.kind != shell::NodeKind::kCommand) break;
    const shell::Call call = shell::call(stage);
    Reader reader;
    reader.command = pipeline->children[i];
    reader.name = call.name;
    reader.first = all.empty();
    reader.last = i + 1 == pipeline->children.size();
    for (std::size_t arg = 0; arg < call.args.size(); ++arg) {
      const std::string text = call.args[arg]->literal_text();
      if (text.size() > 1 && text[0] == '-') {
        reader.options.push_back(text);
        // grep -e PATTERN is the pattern, the other options with values are numbers.
        const char flag = text.back();
        if (reader.name == "grep" && (flag == 'm' || flag == 'A' || flag == 'B' || flag == 'C')) {
          ++arg;
        }
      } else if (call.args[arg]->literal()) {
        reader.operands.push_back(call.args[arg]);
      }
    }
    all.push_back(std::move(reader));
  }
  return all;
}

bool matches_server_line(std::string_view pattern, NslookupClass tools, bool ignore_case,
                         bool extended) {
  // What is left open stands for the address: `Address 1: 10.96.0.10 kube-dns…` up to 1.28,
  // `Address:<TAB>10.96.0.10:53` from 1.29 on.
  const std::string old_line = ignore_case ? "address 1: " : "Address 1: ";
  const std::string new_line = ignore_case ? "address:\t" : "Address:\t";
  const std::string server = ignore_case ? "server:" : "Server:";
  const std::string text = ignore_case ? lower(pattern) : std::string(pattern);
  const auto matches = [&](std::string_view piece) {
    const bool old_form = plain_matches(piece, old_line) || plain_matches(piece, server);
    const bool new_form = plain_matches(piece, new_line) || plain_matches(piece, server);
    if (tools == NslookupClass::kUnknown) return old_form && new_form;
    return tools == NslookupClass::kLibc ? old_form : new_form;
  };
  const std::string_view separator = extended ? "|" : "\\|";
  std::string_view rest = text;
  while (true) {
    const std::size_t bar = rest.find(separator);
    if (matches(rest.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    rest.remove_prefix(bar + separator.size());
  }
}

}  // namespace sts::lint
