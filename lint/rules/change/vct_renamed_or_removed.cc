#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kVctRenamedOrRemoved{504,
                                       "vct-renamed-or-removed",
                                       Severity::kError,
                                       "a claim template whose claims would be left behind",
                                       nullptr,
                                       false,
                                       check};

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  const ClaimTemplates before(*change.before);
  const ClaimTemplates after(*change.after);
  if (!before.known || !after.known) return;
  std::vector<std::pair<std::string_view, kube::Value>> added;
  for (const auto& each : after.all) {
    if (!before.find(each.first).exists()) added.push_back(each);
  }
  std::size_t next = 0;
  for (const auto& [name, was] : before.all) {
    if (after.find(name).exists()) continue;
    // Templates have no identity but their name: the next new one takes the lost one's place.
    const bool renamed = next < added.size();
    const std::string lost = "claim template " + quoted(name) + " of " + title(*change.after);
    const std::string then =
        ": the API server refuses it, and a set made anew leaves the data behind in claims " +
        std::string(name) + "-" + std::string(change.after->name) + "-N";
    if (renamed) {
      const kube::Value place = added[next].second.get("metadata", "name");
      findings
          .at(kVctRenamedOrRemoved, Severity::kError, *change.after, place,
              lost + " becomes " + quoted(added[next].first) + then)
          .related(was.get("metadata", "name"), "what it was")
          .fix("name: " + std::string(name));
      ++next;
      continue;
    }
    const kube::Value list = value_at(*change.after, "/spec/volumeClaimTemplates");
    findings
        .at_key(kVctRenamedOrRemoved, Severity::kError, *change.after,
                list.exists() ? list : change.after->root.get("spec"), lost + " is gone" + then)
        .related(was.get("metadata", "name"), "what it was")
        .fix("keep claim template " + quoted(name));
  }
}

}  // namespace sts::lint
