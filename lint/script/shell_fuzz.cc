#include "lint/script/flow.h"
#include "lint/script/net_command.h"
#include "lint/script/shell.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// The first byte picks the options, the rest is the script.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sts::lint::shell;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  ParseOptions options;
  options.errexit = (data[0] & 1) != 0;
  if ((data[0] & 2) != 0) {
    options.kubernetes = [](std::string_view name) { return name.size() % 2 == 0; };
  }
  exec_word(text, 0, options);
  const auto script = parse(text, options);
  if (!script) return 0;
  for (const Node& node : script->nodes) {
    if (node.range.begin > node.range.end || node.range.end > text.size()) std::abort();
    if (node.kind == NodeKind::kCommand) {
      if (const auto net = net_command(node)) {
        for (const HostWord& host : net->hosts) host_in(host.word.literal_text(), host.shape);
      }
    }
  }
  std::size_t asked = 0;
  for (const NodeId command : script->commands) {
    if (++asked > 64) break;
    gating(*script, command, (data[0] & 4) != 0);
    pod_guard(*script, command);
    const NodeId loop = enclosing_loop(*script, command);
    if (loop == kNoNode) continue;
    bounded(*script, loop);
    in_condition(*script, command, loop);
  }
  return 0;
}
