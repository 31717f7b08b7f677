#include "lint/model/text.h"
#include "lint/rules/service/common.h"
#include "lint/rules/service/srv.h"

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kHeadlessPortUnnamed{114, "headless-port-unnamed", Severity::kInfo,
                                       "an unnamed port where SRV records are asked for", check};

namespace {

// Where programs ask for SRV records without writing the port's name out: Thanos and others
// (dnssrv+, dns+srv), MongoDB (mongodb+srv), or a variable in _NAME._tcp.
bool asks_for_srv(std::string_view text, std::string_view service) {
  if (text.find(service) == std::string_view::npos) return false;
  for (const SrvName& name : find_srv_names(text)) {
    if (name.service == service && name.port.empty()) return true;
  }
  for (std::string_view scheme : {"dnssrv+", "dnssrvnoa+", "dns+srv", "+srv://", "srv+"}) {
    const std::size_t at = text.find(scheme);
    if (at != std::string_view::npos && text.find(service, at) != std::string_view::npos &&
        find_srv_names(text.substr(at)).empty()) {
      return true;
    }
  }
  return false;
}

// The few texts of a project that speak of SRV records at all (Index::derived).
struct SrvTexts {
  explicit SrvTexts(const Index& index) {
    for (const Object& object : index.objects()) {
      each_scalar(configuration_of(object), [&](kube::Value scalar) {
        const std::string_view text = scalar.text();
        if (text.find("srv") != std::string_view::npos || !find_srv_names(text).empty()) {
          texts.emplace_back(&object, scalar);
        }
      });
    }
  }
  std::vector<std::pair<const Object*, kube::Value>> texts;
};

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (object.kind != Kind::kStatefulSet) return;
  const Index& index = context.index;
  const StatefulSetView set(object);
  for (const Object* service : governing_services(set, index)) {
    if (service->patched_at("/spec/ports")) continue;
    kube::Value unnamed;
    for (kube::Value port : service->root.get("spec", "ports").items()) {
      if (port.is_mapping() && !port.get("name")) unnamed = port;
    }
    if (!unnamed) continue;
    for (const auto& [where, scalar] : index.derived<SrvTexts>().texts) {
      if (!asks_for_srv(scalar.text(), service->name)) continue;
      if (where != &object && !index.together(object, *where)) continue;
      findings
          .at(kHeadlessPortUnnamed, Severity::kInfo, *service, unnamed,
              "a port of " + title(*service) + " has no name, so there is no SRV record for it")
          .related(scalar, "SRV records are asked for here")
          .fix("give the port a name");
      return;
    }
  }
}

}  // namespace
}  // namespace sts::lint
