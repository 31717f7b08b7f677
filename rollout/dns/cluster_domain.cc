#include "rollout/dns/cluster_domain.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace sts::rollout {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream words(line.substr(0, line.find('#')));
  std::vector<std::string> out;
  for (std::string word; words >> word;) {
    if (word == "{") break;
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace

std::string_view to_string(ClusterDomain::Source source) {
  switch (source) {
    case ClusterDomain::Source::kFlag:
      return "--cluster-domain";
    case ClusterDomain::Source::kCorefile:
      return "ConfigMap kube-system/coredns";
    case ClusterDomain::Source::kDefault:
      return "default";
  }
  return "";
}

std::optional<std::string> corefile_domain(std::string_view corefile) {
  std::istringstream lines{std::string(corefile)};
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words.size() < 2 || words.front() != "kubernetes") continue;
    const auto zone = std::find_if(words.begin() + 1, words.end(), [](const std::string& word) {
      // {$CLUSTER_DOMAIN} is known to CoreDNS only.
      return !word.ends_with(".arpa") && word.find_first_of("{}$/:") == std::string::npos;
    });
    if (zone == words.end()) continue;
    std::string domain = *zone;
    while (domain.ends_with('.')) domain.pop_back();
    if (!domain.empty()) return domain;
  }
  return std::nullopt;
}

ClusterDomain cluster_domain(const std::optional<std::string>& flag,
                             const std::optional<kube::ConfigMap>& coredns) {
  if (flag) return {*flag, ClusterDomain::Source::kFlag};
  if (coredns) {
    const auto corefile = coredns->data.find("Corefile");
    if (corefile != coredns->data.end()) {
      if (auto domain = corefile_domain(corefile->second)) {
        return {std::move(*domain), ClusterDomain::Source::kCorefile};
      }
    }
  }
  return {};
}

}  // namespace sts::rollout
