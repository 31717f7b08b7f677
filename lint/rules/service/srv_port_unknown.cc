#include "lint/model/near_miss.h"
#include "lint/model/text.h"
#include "lint/rules/service/common.h"
#include "lint/rules/service/ports.h"
#include "lint/rules/service/srv.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kSrvPortUnknown{119, "srv-port-unknown", Severity::kError,
                                  "an SRV name of a port that the Service does not have", check};

namespace {

// SRV records are made of the Service's named ports only (kubernetes/dns docs/specification.md,
// 2.4.2). Nothing: cannot be told.
std::optional<bool> has_port(const Object& object, const SrvName& name) {
  const ServiceView view(object);
  if (view.external_name != false || view.has_selector != true ||
      object.patched_at("/spec/ports")) {
    return std::nullopt;
  }
  const kube::Value ports = view.spec.get("ports");
  if (ports && !ports.is_sequence()) return std::nullopt;
  bool unknown = false;
  for (kube::Value port : ports.items()) {
    const kube::Value written = port.get("name");
    const std::string_view protocol = protocol_of(port);
    if ((written && !written.string()) || protocol.empty()) unknown = true;
    if (written.string() == name.port && protocol == name.protocol) return true;
  }
  return unknown ? std::nullopt : std::optional<bool>(false);
}

void check_name(const Object& object, kube::Value scalar, const SrvName& name, const Index& index,
                Findings& findings) {
  if (name.port.empty()) return;
  if (!name.svc && !name.name_space.empty()) return;  // a namespace or a domain
  const Reference service =
      name.svc ? index.find_in(object, Kind::kService, name.service, name.name_space)
               : index.find(object, Kind::kService, name.service);
  if (service.answer != Answer::kFound) return;
  if (std::any_of(service.nearest.begin(), service.nearest.end(),
                  [&](const Object* each) { return has_port(*each, name) != false; })) {
    return;
  }
  const Object& first = *service.nearest.front();
  std::vector<std::string_view> names;
  std::string_view other_protocol;  // the same name has it
  kube::Value related;
  for (kube::Value port : first.root.get("spec", "ports").items()) {
    if (!related) related = port;
    const auto written = port.get("name").string();
    if (written == name.port) other_protocol = protocol_of(port);
    if (written && protocol_of(port) == name.protocol) names.push_back(*written);
  }
  auto finding = findings.in_text(
      kSrvPortUnknown, Severity::kError, object, scalar, name.begin, name.end,
      quoted(scalar.text().substr(name.begin, name.end - name.begin)) + " asks for " +
          std::string(name.protocol) + " port " + quoted(name.port) + ", but " + title(first) +
          (!other_protocol.empty() ? " has it for " + std::string(other_protocol)
           : names.empty()         ? " has no named port, so it has no SRV records"
                                   : " has no port of that name"));
  if (related) {
    finding.related(related, "the ports of the Service");
  } else {
    finding.related_key(first.root.get("spec"), "the Service has no ports");
  }
  const auto near = nearest(name.port, names);
  const auto srv = [&](std::string_view port, std::string_view protocol) {
    return "_" + std::string(port) + (protocol == "TCP" ? "._tcp." : "._udp.") +
           std::string(name.service);
  };
  if (!other_protocol.empty()) {
    finding.fix(srv(name.port, other_protocol));
  } else if (near || names.size() == 1) {
    finding.fix(srv(names[near.value_or(0)], name.protocol));
  } else {
    finding.fix("name: " + std::string(name.port) + " on the Service's port");
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  each_scalar(configuration_of(object), [&](kube::Value scalar) {
    for (const SrvName& name : find_srv_names(scalar.text())) {
      check_name(object, scalar, name, context.index, findings);
    }
  });
}

}  // namespace
}  // namespace sts::lint
