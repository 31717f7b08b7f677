#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sts::lint {

extern const Rule kDuplicateObject;

namespace {

/// Sets by meeting place, kind and name, in the stable order.
struct Namesakes {
  explicit Namesakes(const Index& index) {
    for (const Object& object : index.objects()) {
      if (!is_set(object) || object.name.empty() || object.from_cluster) continue;
      sets[key(object)].push_back(&object);
    }
  }
  static std::tuple<std::string_view, Kind, std::string_view> key(const Object& object) {
    return {shape::meeting_place(object), object.kind, object.name};
  }

  std::map<std::tuple<std::string_view, Kind, std::string_view>, std::vector<const Object*>> sets;
};

void check(const Object& object, const RuleContext& context, Findings& findings) {
  if (!is_set(object) || object.name.empty() || object.from_cluster) return;
  const Index& index = context.index;
  for (const Object* other : index.derived<Namesakes>().sets.at(Namesakes::key(object))) {
    if (other->ordinal >= object.ordinal) return;
    if (index.same_namespace(object, *other) != SameNamespace::kYes) continue;
    // With --project, what is piped in is most often a new edition of what stands there.
    if ((object.file->path == "<stdin>") != (other->file->path == "<stdin>")) continue;
    const bool surely = index.together(object, *other);
    const bool folder = object.kustomizations.empty() && other->kustomizations.empty() &&
                        object.file->folder == other->file->folder;
    if (!surely && !folder) continue;
    // Files of one folder that hold the same object are most often alternatives.
    findings
        .at(kDuplicateObject, surely ? Severity::kWarning : Severity::kInfo, object,
            object.metadata.get("name"),
            title(object) +
                (surely ? " is defined twice here: whichever is applied last replaces the other"
                        : " is defined in two files of this folder: if both are applied, the last "
                          "one replaces the other"))
        .fix("keep one of them, or give them different names or namespaces")
        .related(other->metadata.get("name"), "the other one");
    return;
  }
}

}  // namespace

extern const Rule kDuplicateObject{315, "duplicate-object", Severity::kWarning,
                                   "the same StatefulSet or DaemonSet twice", check};

}  // namespace sts::lint
