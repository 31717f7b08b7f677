#include "kube/semantics/names.h"
#include "lint/index/kustomize.h"
#include "lint/model/pod_name_uses.h"
#include "lint/model/scale.h"
#include "lint/model/text.h"
#include "lint/rules/service/candidates.h"
#include "lint/rules/service/common.h"
#include "lint/rules/service/missing.h"

#include <algorithm>

namespace sts::lint {
namespace {

using namespace service;

void check(const Object& object, const RuleContext& context, Findings& findings);

}  // namespace

extern const Rule kServiceNotFound{103, "service-not-found", Severity::kError,
                                   "a serviceName that no Service of the project has", check};

namespace {

// A Service for clients that shares words with the name written is no sign of a slip: operators of
// one pod ship exactly that (bitpoke's mysql-operator names mysql-operator-orc) and work.
bool slip(const Candidate& candidate) {
  constexpr int kWords = 2;  // near_miss.h: from here on words, below edits
  return candidate.near_miss && (*candidate.near_miss < kWords || candidate.headless);
}

// Every Service of that name stands beside another copy of the set, in a sibling folder or file: a
// folder that holds the other's may be its base.
bool only_siblings_have_it(const StatefulSetView& set, const Index& index) {
  constexpr std::size_t kMost = 128;  // all pairs would be quadratic
  const auto namesakes = index.named(Kind::kService, set.service_name);
  return namesakes.size() <= kMost &&
         std::all_of(namesakes.begin(), namesakes.end(), [&](const Object* each) {
           if (index.nearer_copy(set.object, *each) == nullptr) return false;
           const auto [up, down] = Index::distance(set.object, *each);
           return (up > 0) == (down > 0);
         });
}

// The Service that the other environment has, under another name: beside this set, and not there.
bool is_renamed(const Candidate& candidate, const StatefulSetView& set, const Object& beside_copy,
                const Index& index) {
  const Object& service = *candidate.service;
  if (!candidate.headless || Index::distance(set.object, service) != std::pair(0, 0) ||
      !index.together(set.object, service)) {
    return false;
  }
  const auto& governed = index.derived<Governed>().sets_of(service);
  if (std::any_of(governed.begin(), governed.end(),
                  [&](const Object* other) { return other != &set.object; })) {
    return false;
  }
  const auto namesakes = index.named(Kind::kService, service.name);
  return std::none_of(namesakes.begin(), namesakes.end(), [&](const Object* other) {
    return other->file == beside_copy.file || index.together(*other, beside_copy);
  });
}

bool selects_or_slips(const std::vector<Candidate>& candidates) {
  return std::any_of(candidates.begin(), candidates.end(), [](const Candidate& each) {
    return slip(each) || (each.headless && each.selects);
  });
}

// A kustomize patch gives the set another serviceName: each build is judged by itself.
void check_patched(const StatefulSetView& set, const Index& index, Findings& findings) {
  const Object& object = set.object;
  if (is_fragment(object)) return;
  std::vector<kube::Value> told;
  for (const Variant& variant : index.variants(object, "/spec/serviceName")) {
    const auto name = variant.known ? variant.value.string() : std::nullopt;
    if (variant.writer == nullptr || !name || !kube::dns1123_label_problem(*name).empty()) continue;
    if (std::find(told.begin(), told.end(), variant.place) != told.end()) continue;
    const Reference service = index.find(object, Kind::kService, *name);
    if (service.answer != Answer::kAbsent) continue;
    told.push_back(variant.place);
    const auto candidates = index.derived<ServiceTable>().candidates(object, *name, index);
    const bool hurts = absence_hurts(set, index) || selects_or_slips(candidates);
    auto finding = findings.at(
        kServiceNotFound, hurts ? Severity::kError : Severity::kWarning, object, variant.place,
        title(object) + ", as " + variant.writer->file->path + " patches it, names Service " +
            quoted(*name) + ", which nothing in " + service.reason + " defines");
    finding.related(set.spec.get("serviceName"), "the patch overrides this");
    const Candidate* candidate = best(candidates, object);
    if (candidate != nullptr && candidate->headless) {
      finding.fix("serviceName: " + std::string(candidate->service->name));
    } else {
      finding.fix("add a Service " + quoted(*name) + " with clusterIP: None");
    }
  }
}

// The Service is there, but an overlay leaves out the component that brings it.
void check_components(const StatefulSetView& set, const Index& index, Findings& findings) {
  auto services = index.named(Kind::kService, set.service_name);
  std::erase_if(services, [&](const Object* each) {
    return index.same_namespace(set.object, *each) == SameNamespace::kNo;
  });
  for (const Kustomization* root : index.builds_without(set.object, services)) {
    findings
        .at(kServiceNotFound, Severity::kWarning, set.object, set.spec.get("serviceName"),
            title(set.object) + " names Service " + quoted(set.service_name) +
                ", which a component brings that " + root->file->path + " does not name")
        .related(services.front()->metadata.get("name"), "the Service of the component")
        .fix("list the component in " + root->file->path);
  }
}

void check(const Object& object, const RuleContext& context, Findings& findings) {
  const Index& index = context.index;
  if (object.kind != Kind::kStatefulSet) return;
  const StatefulSetView set(object);
  if (object.patched_at("/spec/serviceName")) check_patched(set, index, findings);
  if (!names_a_service(set)) return;
  const Reference service = governing_service(set, index);
  if (service.answer == Answer::kFound) check_components(set, index, findings);
  const Object* elsewhere = service.beside_copy;
  if (service.answer != Answer::kAbsent && elsewhere == nullptr) return;
  // service-wrong-namespace says more.
  if (nearest_namesake(set, index) != nullptr) return;

  auto candidates = index.derived<ServiceTable>().candidates(object, set.service_name, index);
  if (elsewhere != nullptr) {
    std::erase_if(candidates,
                  [&](const Candidate& each) { return !is_renamed(each, set, *elsewhere, index); });
    if (candidates.empty() || !only_siblings_have_it(set, index)) return;
  }
  const PodNameSite* use =
      index.derived<PodNameUses>().under_service(object, set.service_name, index);
  const bool hurts = absence_hurts(set, index) || use != nullptr || selects_or_slips(candidates);
  const Severity severity = hurts && !service.lone_file ? Severity::kError : Severity::kWarning;

  auto finding =
      findings.at(kServiceNotFound, severity, object, set.spec.get("serviceName"),
                  title(object) + " names Service " + quoted(set.service_name) +
                      (elsewhere != nullptr
                           ? ", which only another environment has (" + elsewhere->file->path + ")"
                       : service.lone_file ? ", which this file alone does not define"
                                           : ", which nothing in " + service.reason + " defines"));
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < std::min(candidates.size(), kShown); ++i) {
    const Candidate& each = candidates[i];
    // Once something selects the pods, what merely has a like name is no news.
    if (i > 0 && !each.selects) break;
    finding.related(each.service->metadata.get("name"), describe(each));
  }
  if (use != nullptr && elsewhere == nullptr) {
    finding.related(use->place(), quoted(use->text()) + " is used here");
  }
  if (const Candidate* candidate = best(candidates, object);
      candidate != nullptr && (candidate->headless || candidate->near_miss)) {
    finding.fix("serviceName: " + std::string(candidate->service->name));
  } else if (service.lone_file) {
    finding.fix(std::string(kLoneFileHint));
  } else {
    const std::string selector = selector_for(object, index);
    finding.fix("add a Service " + quoted(set.service_name) + " with clusterIP: None" +
                (selector.empty() ? "" : " and selector: " + selector));
  }
}

}  // namespace
}  // namespace sts::lint
