#include "lint/model/pod_name_uses.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"

#include <algorithm>
#include <optional>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kHostnetworkDnspolicy{
    117, "hostnetwork-dnspolicy", Severity::kWarning,
    "cluster names used on the host network, with the node's DNS", check};

namespace {

struct ClusterName {
  kube::Value scalar;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_label(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// Names in certificates, audiences and the like are compared, not resolved.
bool is_compared(std::string_view text, std::size_t at, std::string_view variable) {
  const std::size_t line = text.find_last_of(" \t\n,;", at == 0 ? 0 : at - 1);
  std::string before(variable);
  before += text.substr(line == std::string_view::npos ? 0 : line,
                        at - (line == std::string_view::npos ? 0 : line));
  std::transform(before.begin(), before.end(), before.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  for (std::string_view word : {"cert", "tls", "san", "dns-name", "dnsname", "common", "audience",
                                "issuer", "webhook", "csr", "allow", "no_proxy", "no-proxy"}) {
    if (before.find(word) != std::string::npos) return true;
  }
  return false;
}

bool is_service(const Object& from, std::string_view name, const Index& index) {
  return index.find(from, Kind::kService, name).answer == Answer::kFound;
}

// A name in this text that only the cluster's DNS knows.
std::optional<ClusterName> find_name(const Object& object, kube::Value scalar,
                                     std::string_view variable, const Index& index) {
  const std::string_view text = scalar.text();
  for (const FoundUse& found : find_pod_names(text)) {
    const bool known = found.use.svc || is_service(object, found.use.service, index);
    if (known && !is_compared(text, found.begin, variable)) {
      return ClusterName{scalar, found.begin, found.end};
    }
  }
  // A bare Service's name is a host after a scheme.
  for (std::size_t at = text.find("://"); at != std::string_view::npos;
       at = text.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    std::size_t end = begin;
    while (end < text.size() && is_label(text[end])) ++end;
    const bool whole = end == text.size() || text[end] == ':' || text[end] == '/' ||
                       text[end] == ' ' || text[end] == '"' || text[end] == '\n';
    if (whole && end > begin && text.substr(begin, end - begin) != "localhost" &&
        is_service(object, text.substr(begin, end - begin), index)) {
      return ClusterName{scalar, begin, end};
    }
  }
  return std::nullopt;
}

std::optional<ClusterName> find_name_in(const Object& object, kube::Value value,
                                        const Index& index) {
  std::optional<ClusterName> result;
  each_scalar(value, [&](kube::Value scalar) {
    if (!result) result = find_name(object, scalar, "", index);
  });
  return result;
}

std::optional<ClusterName> used_name(const Object& object, const PodTemplate& pods,
                                     const Index& index) {
  for (const Container& container : pods.containers()) {
    for (kube::Value variable : container.value.get("env").items()) {
      const auto found = find_name(object, variable.get("value"),
                                   variable.get("name").string().value_or(""), index);
      if (found) return found;
    }
    for (std::string_view field : {"command", "args", "lifecycle"}) {
      if (auto found = find_name_in(object, container.value.get(field), index)) return found;
    }
  }
  for (kube::Value volume : pods.spec.get("volumes").items()) {
    const auto name = volume.get("configMap", "name").string();
    if (!name) continue;
    const Reference map = index.find(object, Kind::kConfigMap, *name);
    if (map.answer != Answer::kFound) continue;
    if (auto found = find_name_in(object, map.first()->root.get("data"), index)) return found;
  }
  return std::nullopt;
}

// getPodDNSType (pkg/kubelet/network/dns/dns.go, v1.34): with hostNetwork, ClusterFirst falls back
// to the node's resolv.conf, as Default does.
void check(const Object& object, const RuleContext& context, Findings& findings) {
  const PodTemplate pods = pod_template(object);
  if (!pods || pods.spec.get("hostNetwork").boolean() != true) return;
  if (object.patched_at(pods.pointer + "/spec/dnsPolicy") ||
      object.patched_at(pods.pointer + "/spec/hostNetwork")) {
    return;
  }
  const kube::Value policy = pods.spec.get("dnsPolicy");
  const std::string_view name = policy ? policy.string().value_or("") : "ClusterFirst";
  if (name != "ClusterFirst" && name != "Default") return;
  const kube::Value place = policy ? policy : pods.spec.get("hostNetwork");
  const auto used = used_name(object, pods, context.index);
  if (!used) {
    // A node agent has no use for the cluster's DNS; who governs pods by name mostly has.
    if (object.kind == Kind::kStatefulSet && name == "ClusterFirst") {
      findings
          .at(kHostnetworkDnspolicy, Severity::kInfo, object, place,
              title(object) +
                  " runs on the host network, where dnsPolicy ClusterFirst means the "
                  "node's DNS: names of Services do not resolve")
          .fix("dnsPolicy: ClusterFirstWithHostNet");
    }
    return;
  }
  const Place where{
      used->scalar.tree().source_ptr(),
      {used->scalar.source_offset(used->begin), used->scalar.source_offset(used->end)}};
  const std::string_view host = used->scalar.text().substr(used->begin, used->end - used->begin);
  findings
      .at(kHostnetworkDnspolicy, Severity::kWarning, object, place,
          title(object) + " runs on the host network, where dnsPolicy " + std::string(name) +
              " means the node's DNS: " + quoted(host) + " does not resolve there")
      .related(where, quoted(host) + " is used here")
      .fix("dnsPolicy: ClusterFirstWithHostNet");
}

}  // namespace
}  // namespace sts::lint
