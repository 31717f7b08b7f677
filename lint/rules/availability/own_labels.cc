#include "lint/rules/availability/own_labels.h"

#include "lint/model/pods.h"
#include "lint/model/text.h"
#include "lint/rules/shape/common.h"

namespace sts::lint::availability {

OwnMatch match_own(const Object& workload, kube::Value label_selector, const Index& index) {
  OwnMatch result;
  if (!label_selector) {
    result.missed = true;
    result.difference = "has no labelSelector, so it selects nothing";
    return result;
  }
  const Labels own = pod_labels(workload, index);
  if (selects(label_selector, Labels(), own) != Match::kNo) return result;
  const kube::Value pairs = label_selector.get("matchLabels");
  const std::string key = mismatching_key(read_labels(pairs), own);
  // kustomize writes a build's common labels into these selectors, too
  // (api/internal/konfig/builtinpluginconsts/commonlabels.go).
  const Labels added = index.added_selector_labels(workload);
  if (added.open || added.known.contains(key)) return result;
  result.missed = true;
  result.place = label_selector;
  if (key.empty()) {
    result.difference = "does not select the pods' own labels";
    return result;
  }
  result.place = pairs.get(key);
  const auto given = own.known.find(key);
  result.difference =
      "selects " + key + ": " + std::string(pairs.get(key).text()) + ", but the pods have ";
  result.difference += given == own.known.end() ? "no label " + key
                       : given->second          ? key + ": " + *given->second
                                                : "another " + key;
  return result;
}

PodTemplate pods_as_written(const Object& object, std::string_view field) {
  if (!is_set(object)) return {};
  PodTemplate pods = pod_template(object);
  return object.patched_at(pods.pointer + "/spec/" + std::string(field)) ? PodTemplate() : pods;
}

void report_missed(Findings& findings, const Rule& rule, const Object& object, const OwnMatch& own,
                   kube::Value whole, std::string_view what, std::string_view consequence) {
  auto finding =
      findings.at(rule, Severity::kWarning, object, own.place.exists() ? own.place : whole,
                  std::string(what) + " of " + title(object) + " " + own.difference + ": " +
                      std::string(consequence));
  const kube::Value labels = pod_template(object).metadata.get("labels");
  if (labels) finding.related_key(labels, "the labels of the pods");
  finding.fix("select the labels of the pods in labelSelector");
}

}  // namespace sts::lint::availability
