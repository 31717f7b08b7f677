#include "lint/suppress/ignores.h"

#include "lint/model/near_miss.h"
#include "lint/model/workload.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

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
  // Comments alone above a line, of the file that was looked at last.
  const kube::SourceFile* source = nullptr;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> above;
  for (const Object& object : index.objects()) {
    add_annotation(object, object.metadata);
    const PodTemplate pods = pod_template(object);
    if (pods && !(pods.metadata == object.metadata)) add_annotation(object, pods.metadata);

    if (object.root == object.tree->root()) continue;
    const auto known = by_source_.find(&object.tree->source());
    if (known == by_source_.end()) continue;
    std::vector<Ignore>& ignores = known->second.all;
    if (std::exchange(source, known->first) != known->first) {
      above.clear();
      for (std::size_t i = 0; i < ignores.size(); ++i) {
        if (ignores[i].own_line && ignores[i].scope == IgnoreScope::kLine) {
          above[ignores[i].line].push_back(i);
        }
      }
    }
    const auto found = above.find(object.root.span().begin.line);
    if (found == above.end()) continue;
    for (const std::size_t i : found->second) {
      ignores[i].scope = IgnoreScope::kObject;
      ignores[i].object = object.root.range();
    }
    above.erase(found);
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
    by_source_[&object.tree->source()].all.push_back(ignore);
  }
}

Ignores::Lookup Ignores::lookup_of(const std::vector<Ignore>& ignores) {
  Lookup lookup;
  for (std::size_t i = 0; i < ignores.size(); ++i) {
    const Ignore& ignore = ignores[i];
    switch (ignore.scope) {
      case IgnoreScope::kLine:
        lookup.by_line[{ignore.rule, ignore.line}].push_back(i);
        break;
      case IgnoreScope::kObject:
        lookup.by_object[ignore.rule].push_back({ignore.object, 0, i});
        break;
      case IgnoreScope::kFile:
        lookup.by_file[ignore.rule].push_back(i);
        break;
    }
  }
  for (auto& [rule, all] : lookup.by_object) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Wide& a, const Wide& b) { return a.range.begin < b.range.begin; });
    std::uint32_t reach = 0;
    for (Wide& wide : all) {
      reach = std::max({reach, wide.range.end, wide.range.begin + 1});
      wide.reach = reach;
    }
  }
  return lookup;
}

bool Ignores::ignore(const Finding& finding, const Place& place) {
  const auto known = by_source_.find(place.source.get());
  if (known == by_source_.end()) return false;
  auto& [ignores, lookup] = known->second;
  if (!lookup) lookup = lookup_of(ignores);
  bool ignored = false;
  const auto use = [&, &all = ignores](std::size_t i) {
    all[i].used = true;
    ignored = true;
  };
  const auto line = lookup->by_line.find({finding.rule, place.span().begin.line});
  if (line != lookup->by_line.end()) std::for_each(line->second.begin(), line->second.end(), use);
  const auto file = lookup->by_file.find(finding.rule);
  if (file != lookup->by_file.end()) {
    ignored = true;
    // Once is enough for all of them.
    if (!ignores[file->second.front()].used) {
      std::for_each(file->second.begin(), file->second.end(), use);
    }
  }
  const auto objects = lookup->by_object.find(finding.rule);
  if (objects == lookup->by_object.end()) return ignored;
  const std::uint32_t offset = place.range.begin;
  auto at = std::upper_bound(
      objects->second.begin(), objects->second.end(), offset,
      [](std::uint32_t wanted, const Wide& wide) { return wanted < wide.range.begin; });
  while (at != objects->second.begin() && std::prev(at)->reach > offset) {
    --at;
    if (inside(at->range, offset)) use(at->ignore);
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
  for (const auto& [source, of_source] : by_source_) {
    for (const Ignore& ignore : of_source.all) {
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
