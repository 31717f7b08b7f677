#include "kube/api/config/kubeconfig.h"
#include "kube/api/config/select.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

// Whatever the bytes: the reader ends, complains on one line with a place, and what it read can be
// merged and chosen from.

namespace {

using namespace sts::kube;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

bool on_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto config = parse_kubeconfig("config", bytes, "/folder");
  if (!config) {
    const std::string& message = config.error().message;
    require(message.starts_with("config:") && on_one_line(message), "an error is one line");
    return 0;
  }
  for (const auto& [name, user] : config->users) {
    for (const std::string* path : {&user.client_certificate, &user.client_key, &user.token_file}) {
      require(path->empty() || path->starts_with('/'), "paths are absolute");
    }
  }
  Kubeconfig merged = *config;
  merge_kubeconfig(merged, *config);
  require(merged.users.size() == config->users.size() &&
              merged.clusters.size() == config->clusters.size() &&
              merged.contexts.size() == config->contexts.size(),
          "merging with itself adds nothing");
  std::vector<std::string> names = {""};
  for (const auto& [name, context] : config->contexts) names.push_back(name);
  for (const std::string& name : names) {
    Overrides flags;
    flags.context = name;
    const auto chosen = select(*config, flags, "http://localhost:8080");
    if (chosen) require(!chosen->cluster.server.empty(), "there is always a server");
    if (!chosen) require(on_one_line(chosen.error().message), "an error is one line");
  }
  return 0;
}
