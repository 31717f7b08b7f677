#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kServiceHeadlessFlip{510,
                                       "service-headless-flip",
                                       Severity::kError,
                                       "a Service that becomes headless, or stops being it",
                                       nullptr,
                                       false,
                                       check};

namespace {

enum class Address { kUnset, kNone, kIp, kUnknown };

Address address_of(const Object& service) {
  if (service.patched_at("/spec/clusterIP") || service.patched_at("/spec/type")) {
    return Address::kUnknown;
  }
  const kube::Value type = service.root.get("spec", "type");
  if (type && (!type.string() || type.string() == "ExternalName")) return Address::kUnknown;
  const kube::Value address = service.root.get("spec", "clusterIP");
  if (!address || (address.is_scalar() && address.text().empty())) {
    // clusterIPs alone says the same (core/v1 conversion, service strategy).
    return service.root.get("spec", "clusterIPs") ? Address::kUnknown : Address::kUnset;
  }
  if (!address.string()) return Address::kUnknown;
  return address.string() == "None" ? Address::kNone : Address::kIp;
}

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kService)) return;
  const Address before = address_of(*change.before);
  const Address after = address_of(*change.after);
  if (before == Address::kUnknown || after == Address::kUnknown) return;
  if ((before == Address::kNone) == (after == Address::kNone)) return;
  const Object& service = *change.after;
  // The server fills in what an update leaves out (service strategy, patchAllocatedValues).
  const bool kept = before == Address::kNone && after == Address::kUnset;
  const kube::Value is = service.root.get("spec", "clusterIP");
  const kube::Value was = change.before->root.get("spec", "clusterIP");
  const std::string message =
      after == Address::kNone
          ? title(service) +
                " becomes headless: the API server refuses it, clusterIP can never change"
      : kept ? title(service) +
                   " leaves out clusterIP: None: the API server keeps it in silence, the Service "
                   "stays headless"
             : title(service) +
                   " gets a cluster IP: the API server refuses it, clusterIP can never change";
  const Severity severity = kept ? Severity::kWarning : Severity::kError;
  auto finding = is.exists() ? findings.at(kServiceHeadlessFlip, severity, service, is, message)
                             : findings.at_key(kServiceHeadlessFlip, severity, service,
                                               service.root.get("spec"), message);
  if (was.exists()) finding.related(was, "what it was");
  finding.fix(kept ? "clusterIP: None"
                   : "kubectl delete service " + std::string(service.name) +
                         namespace_flag(service) +
                         ", then apply (its names do not resolve in between), or make a second "
                         "Service of another name");
}

}  // namespace sts::lint
