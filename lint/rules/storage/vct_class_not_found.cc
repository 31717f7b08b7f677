#include "lint/model/near_miss.h"
#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctClassNotFound{
    410, "vct-class-not-found", Severity::kWarning, "a storage class that the project lacks", check,
    true};

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const kube::Value value = claim.spec.get("storageClassName");
    const auto name = value.string();
    if (!name || name->empty()) continue;
    const Reference reference = context.index.find(object, Kind::kStorageClass, *name);
    if (reference.answer != Answer::kAbsent || reference.lone_file) continue;
    auto finding = findings.at(kVctClassNotFound, Severity::kWarning, object, value,
                               claim.what + " of " + title(object) + " asks for storage class " +
                                   quoted(*name) + ", which nothing in this project defines");
    const std::vector<const Object*>& classes = context.index.of_kind(Kind::kStorageClass);
    std::vector<std::string_view> names;
    names.reserve(classes.size());
    for (const Object* candidate : classes) names.push_back(candidate->name);
    if (const auto near = nearest(*name, names)) {
      finding.related(classes[*near]->metadata.get("name"),
                      "storage class " + quoted(names[*near]));
      finding.fix("storageClassName: " + std::string(names[*near]));
    } else {
      finding.fix("add a StorageClass of that name, or name one that the cluster has");
    }
  }
}

}  // namespace sts::lint
