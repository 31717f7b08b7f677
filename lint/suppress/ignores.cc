#include "lint/suppress/ignores.h"

#include "lint/model/near_miss.h"
#include "lint/model/workload.h"

#include <algorithm>

namespace sts::lint {

extern const Rule kYamlSyntax;
extern const Rule kInputUnreadable;
extern const Rule kUnusedIgnore;

namespace {

constexpr std::string_view kAnnotation = "kubectl-sts/ignore";

bool about_scripts(const Rule& rule) { return rule.code >= 200 && rule.code < 300; }

// What cannot be read is not linted, whatever a comment says.
bool can_be_ignored(const Finding& finding) {
  if (finding.rule == &kInputUnreadable) return false;
  return finding.rule != &kYamlSyntax || finding.severity != Severity::kError;
}

bool inside(kube::ByteRange outer, std::uint32_t offset) {
  return offset >= outer.begin && offset < std::max(outer.end, outer.begin + 1);
}

bool switched_off(const Rule& rule, const Options& options) {
  return rule.opt_in && std::none_of(options.enabled.begin(), options.enabled.end(),
                                     [&](const std::string& id) { return find_rule(id) == &rule; });
}

}  // namespace

void Ignores::add_objects(const Index& index) {
  for (const Object& object : index.objects()) {
    add_annotation(object, object.metadata);
    const PodTemplate pods = pod_template(object);
    if (pods && !(pods.metadata == object.metadata)) add_annotation(object, pods.metadata);

    const auto known = by_source_.find(&object.tree->source());
    if (known == by_source_.end() || object.root == object.tree->root()) continue;
    const std::uint32_t line = object.root.span().begin.line;
    for (Ignore& ignore : known->second) {
      if (!ignore.own_line || ignore.scope != IgnoreScope::kLine || ignore.line != line) continue;
      ignore.scope = IgnoreScope::kObject;
      ignore.object = object.root.range();
    }
  }
}

void Ignores::add_annotation(const Object& object, kube::Value metadata) {
  const kube::Value value = metadata.get("annotations").get(kAnnotation);
  const auto text = value.string();
  if (!text) return;
  Ignore ignore;
  ignore.scope = IgnoreScope::kObject;
  ignore.object = object.root.range();
  for (const kube::ByteRange id : split_ids(*text)) {
    const std::uint32_t begin = value.source_offset(id.begin);
    ignore.id = {object.tree->source_ptr(), {begin, begin + (id.end - id.begin)}};
    ignore.text = std::string(text->substr(id.begin, id.end - id.begin));
    ignore.rule = find_rule(ignore.text);
    by_source_[&object.tree->source()].push_back(ignore);
  }
}

bool Ignores::ignore(const Finding& finding, const Place& place) {
  const auto known = by_source_.find(place.source.get());
  if (known == by_source_.end()) return false;
  const std::uint32_t line = place.span().begin.line;
  bool ignored = false;
  for (Ignore& ignore : known->second) {
    if (ignore.rule != finding.rule) continue;
    if (ignore.scope == IgnoreScope::kLine && ignore.line != line) continue;
    if (ignore.scope == IgnoreScope::kObject && !inside(ignore.object, place.range.begin)) continue;
    ignore.used = true;
    ignored = true;
  }
  return ignored;
}

std::vector<Finding> Ignores::apply(std::vector<Finding>& findings) {
  if (by_source_.empty()) return {};
  std::vector<Finding> ignored;
  const auto taken = [&](Finding& finding) {
    if (!can_be_ignored(finding)) return false;
    bool hit = ignore(finding, finding.place);
    if (about_scripts(*finding.rule)) {
      for (const Related& related : finding.related) hit = ignore(finding, related.place) || hit;
    }
    if (hit) ignored.push_back(std::move(finding));
    return hit;
  };
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    if (!taken(finding)) kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
  return ignored;
}

std::vector<Finding> Ignores::unused(const Options& options) {
  std::vector<std::string_view> ids;
  for (const Rule* rule : all_rules()) ids.push_back(rule->id);

  Findings findings;
  for (const auto& [source, ignores] : by_source_) {
    for (const Ignore& ignore : ignores) {
      if (ignore.used || ignore.rule == &kUnusedIgnore) continue;
      if (ignore.rule == nullptr) {
        auto finding = findings.at_place(kUnusedIgnore, Severity::kWarning, ignore.id,
                                         "no rule is called \"" + ignore.text + "\"");
        if (const auto meant = nearest(ignore.text, ids)) finding.fix(std::string(ids[*meant]));
        continue;
      }
      if (switched_off(*ignore.rule, options)) continue;
      const std::string_view what = ignore.scope == IgnoreScope::kFile     ? "in this file"
                                    : ignore.scope == IgnoreScope::kObject ? "in this object"
                                                                           : "on this line";
      findings
          .at_place(kUnusedIgnore, Severity::kWarning, ignore.id,
                    "ignore of " + std::string(ignore.rule->id) + ", which finds nothing " +
                        std::string(what))
          .fix("remove it");
    }
  }
  std::vector<Finding> result = findings.take();
  // An ignore of unused-ignore itself; never reported as unused, or there would be no end.
  apply(result);
  return result;
}

}  // namespace sts::lint
