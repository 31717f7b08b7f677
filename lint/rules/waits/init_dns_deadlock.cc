#include "lint/model/text.h"
#include "lint/rules/waits/waits.h"

namespace sts::lint {

extern const Rule kInitDnsDeadlock;

namespace {

using namespace waits;

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const auto waits = waits_of(object, context);
  for (const Wait& wait : waits->all) {
    const Target* target = wait.first(Stuck::kOwnName);
    if (wait.where != Where::kInit || target == nullptr) continue;
    if (waits_for_later(wait, object)) continue;
    const std::string pod = pod_of(*target, object);
    const std::string name = "the DNS name " + quoted(shown(target->name));
    const std::string needs =
        pod + (object.kind == Kind::kStatefulSet ? " needs to be Ready to get " + name
                                                 : " needs another one to be Ready to get " + name);
    report(findings, kInitDnsDeadlock, wait.at_most(Severity::kError), wait, *target,
           needs + ", but waits for it before starting: deadlock on first start")
        .fix(publish_fix(*target));
  }
}

}  // namespace

extern const Rule kInitDnsDeadlock{221, "init-dns-deadlock", Severity::kError,
                                   "an init container that waits for its own pods' DNS name",
                                   check};

}  // namespace sts::lint
