#include "lint/model/service.h"
#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kDnsWaitOnClusterIp;

namespace {

using namespace waits;

// Its name resolves in this image, so the wait ends when the Service is there.
bool ends(const Wait& wait, const Target& target) {
  const DnsTools& tools = wait.use.tools;
  // Few cluster IPs answer to ping.
  if (wait.use.net().tool == shell::NetTool::kPing) return false;
  if (wait.use.net().tool != shell::NetTool::kNslookup) return true;
  if (tools.nslookup == NslookupClass::kNone) return true;
  if (tools.nslookup == NslookupClass::kUnknown) return false;
  return nslookup_result(tools, wait.use.query(target.name)).exists == Status::kZero;
}

std::string port_of(const Object& service) {
  const kube::Value ports = service.root.get("spec", "ports");
  if (!ports.is_sequence() || ports.size() == 0) return "PORT";
  const auto port = (*ports.items().begin()).get("port").integer();
  return port ? std::to_string(*port) : "PORT";
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    if (wait.tcp || !wait.loop || wait.where == Where::kProbe) continue;
    for (const Target& target : wait.targets) {
      if (target.pod || target.headless != false || !ends(wait, target)) continue;
      report(findings, kDnsWaitOnClusterIp, Severity::kInfo, wait, target,
             "Service " + quoted(target.service) + " has a cluster IP, so " +
                 quoted(shown(target.name)) +
                 " resolves as soon as the Service exists: this loop does not wait until a pod" +
                 " behind it is Ready")
          .fix(target.workload == &object
                   ? "remove the wait: behind the Service stand only pods that wait here"
                   : "nc -z -w 2 " + shown(target.name) + " " + port_of(target.first()));
      break;
    }
  }
}

}  // namespace

extern const Rule kDnsWaitOnClusterIp{228, "dns-wait-on-cluster-ip", Severity::kInfo,
                                      "a wait for the DNS name of a Service with a cluster IP",
                                      check};

}  // namespace sts::lint
