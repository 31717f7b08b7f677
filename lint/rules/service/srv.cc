#include "lint/rules/service/srv.h"

#include "lint/model/comment_lines.h"

namespace sts::lint::service {
namespace {

bool is_label(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

}  // namespace

std::vector<SrvName> find_srv_names(std::string_view text) {
  std::vector<SrvName> found;
  CommentLines comments(text);
  constexpr auto kNone = std::string_view::npos;
  for (std::size_t at = text.find("._"); at != kNone; at = text.find("._", at + 1)) {
    const std::string_view rest = text.substr(at);
    const bool tcp = rest.substr(0, 6) == "._tcp.";
    if (!tcp && rest.substr(0, 6) != "._udp.") continue;
    SrvName name;
    name.protocol = tcp ? "TCP" : "UDP";
    const std::size_t service = at + 6;
    name.end = service;
    while (name.end < text.size() && is_label(text[name.end])) ++name.end;
    name.service = text.substr(service, name.end - service);
    name.rest = rest_of_host(text.substr(name.end));
    if (name.service.empty() || name.rest.kind == HostRest::Kind::kOtherZone) continue;

    name.begin = at;
    while (name.begin > 0 && is_label(text[name.begin - 1])) --name.begin;
    if (name.begin < at && name.begin > 0 && text[name.begin - 1] == '_') {
      name.port = text.substr(name.begin, at - name.begin);
      --name.begin;
    } else if (at == 0 || (text[at - 1] != '}' && text[at - 1] != ')')) {
      continue;
    }
    if (!comments.holds(at)) found.push_back(name);
  }
  return found;
}

}  // namespace sts::lint::service
