#include "lint/rules/service/srv.h"

#include "lint/hosts/host_words.h"
#include "lint/model/comment_lines.h"

#include <optional>
#include <string>

namespace sts::lint::service {
namespace {

std::optional<SrvName> srv_name(std::string_view text, const HostWord& word) {
  const std::size_t end = word.end - (text[word.end - 1] == '.' ? 1 : 0);
  const auto written = kube::dns_labels(text.substr(word.begin, end - word.begin));
  if (written.size() < 3 || (written[1] != "_tcp" && written[1] != "_udp")) return std::nullopt;
  std::string resolved;
  auto labels = written;
  if (!word.variables.empty()) {
    resolved = word.resolved(text.substr(0, end),
                             [](const HostVariable&) { return std::string(kOwnNamespace); });
    labels = kube::dns_labels(resolved);
    if (labels.size() != written.size()) return std::nullopt;
  }
  // _$(PORT)._tcp, $(SERVICE_PORT)._tcp: some port's.
  const bool variable = labels[0].ends_with(kOwnNamespace);
  if (variable) labels[0] = "_";
  const HostMeaning meaning = meaning_by_form(labels);
  if (meaning.kind != HostMeaning::Kind::kService || meaning.name.protocol.empty()) {
    return std::nullopt;
  }
  SrvName name;
  if (!variable) name.port = meaning.name.port;
  name.protocol = written[1] == "_tcp" ? "TCP" : "UDP";
  name.service = written[2];
  if (name.service.empty() || name.service.find('$') != std::string_view::npos) return std::nullopt;
  name.svc = meaning.svc;
  if (!meaning.name.name_space.empty()) name.name_space = written[3];
  name.begin = word.begin;
  name.end = static_cast<std::size_t>(name.service.data() - text.data()) + name.service.size();
  return name;
}

}  // namespace

std::vector<SrvName> find_srv_names(std::string_view text) {
  std::vector<SrvName> found;
  if (text.find("._") == std::string_view::npos) return found;
  CommentLines comments(text);
  HostWords words(text);
  for (HostWord word; words.next(word);) {
    if (auto name = srv_name(text, word); name && !comments.holds(word.begin)) {
      found.push_back(*name);
    }
  }
  return found;
}

}  // namespace sts::lint::service
