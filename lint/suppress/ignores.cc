#include "lint/suppress/ignores.h"

#include <algorithm>
#include <iterator>

namespace sts::lint {

extern const Rule kYamlSyntax;
extern const Rule kInputUnreadable;
extern const Rule kUnusedIgnore;

namespace {

bool about_scripts(const Rule& rule) { return rule.code >= 200 && rule.code < 300; }

// What cannot be read is not linted, whatever a comment says.
bool can_be_ignored(const Finding& finding) {
  if (finding.rule == &kInputUnreadable) return false;
  return finding.rule != &kYamlSyntax || finding.severity != Severity::kError;
}

bool inside(kube::ByteRange outer, std::uint32_t offset) {
  return offset >= outer.begin && offset < std::max(outer.end, outer.begin + 1);
}

std::string_view where(IgnoreScope scope) {
  switch (scope) {
    case IgnoreScope::kFile:
      return "in this file";
    case IgnoreScope::kObject:
      return "in this object";
    case IgnoreScope::kLine:
      break;
  }
  return "on this line";
}

bool switched_off(const Rule& rule, const Options& options) {
  return rule.opt_in && std::none_of(options.enabled.begin(), options.enabled.end(),
                                     [&](const std::string& id) { return find_rule(id) == &rule; });
}

void add_unknown(const Ignore& ignore, Findings& findings) {
  const Rule* const meant = nearest_rule(ignore.text);
  findings
      .at_place(kUnusedIgnore, Severity::kWarning, ignore.id,
                "no rule is called \"" + ignore.text + "\"")
      .fix(meant != nullptr ? std::string(meant->id) : "kubectl sts explain lists the rules");
}

// It would have ignored something, were it a comment.
void add_quoted(const Ignore& ignore, Findings& findings) {
  const std::uint32_t begin = ignore.id.source->position(ignore.quoted_in.begin).line;
  findings
      .at_place(kUnusedIgnore, Severity::kWarning, ignore.id,
                "this ignores nothing: it is a part of the text that begins on line " +
                    std::to_string(begin) + ", and no comment of YAML")
      .fix("put # kubectl-sts: ignore=" + std::string(ignore.rule->id) + " above line " +
           std::to_string(begin));
}

void add_unused(const Ignore& ignore, Findings& findings) {
  findings
      .at_place(kUnusedIgnore, Severity::kWarning, ignore.id,
                "ignore of " + std::string(ignore.rule->id) + ", which finds nothing " +
                    std::string(where(ignore.scope)))
      .fix("remove it");
}

}  // namespace

Ignores::Lookup Ignores::lookup_of(const std::vector<Ignore>& ignores) {
  Lookup lookup;
  for (std::size_t i = 0; i < ignores.size(); ++i) {
    const Ignore& ignore = ignores[i];
    switch (ignore.scope) {
      case IgnoreScope::kLine:
        lookup.by_line[{ignore.rule, ignore.line}].push_back(i);
        if (ignore.value.end > 0) lookup.by_range[ignore.rule].push_back({ignore.value, 0, i});
        break;
      case IgnoreScope::kObject:
        lookup.by_range[ignore.rule].push_back({ignore.object, 0, i});
        break;
      case IgnoreScope::kFile:
        lookup.by_file[ignore.rule].push_back(i);
        break;
    }
  }
  for (auto& [rule, all] : lookup.by_range) {
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
  auto& [source, ignores, mistakes, lookup] = known->second;
  if (!lookup) lookup = lookup_of(ignores);
  const std::uint32_t offset = place.range.begin;
  bool ignored = false;
  std::vector<std::size_t> quoted;
  const auto use = [&, &all = ignores](std::size_t i) {
    Ignore& ignore = all[i];
    if (ignore.quoted_in.end == 0) {
      ignored = ignore.used = true;
    } else if (inside(ignore.quoted_in, offset)) {
      quoted.push_back(i);
    }
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
  const auto ranges = lookup->by_range.find(finding.rule);
  if (ranges != lookup->by_range.end()) {
    auto at = std::upper_bound(
        ranges->second.begin(), ranges->second.end(), offset,
        [](std::uint32_t wanted, const Wide& wide) { return wanted < wide.range.begin; });
    while (at != ranges->second.begin() && std::prev(at)->reach > offset) {
      --at;
      if (inside(at->range, offset)) use(at->ignore);
    }
  }
  if (!ignored) {
    for (const std::size_t i : quoted) ignores[i].used = true;
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

std::vector<Finding> Ignores::unused(const Options& options, bool all_is_visible) {
  Findings findings;
  for (const auto& [source, known] : by_source_) {
    for (const IgnoreMistake& mistake : known.mistakes) {
      findings.at_place(kUnusedIgnore, Severity::kWarning, mistake.place, mistake.message)
          .fix(mistake.fix);
    }
    for (const Ignore& ignore : known.ignores) {
      if (ignore.quoted_in.end > 0) {
        if (ignore.used) add_quoted(ignore, findings);
      } else if (ignore.used || ignore.rule == &kUnusedIgnore || !ignore.judged) {
        continue;
      } else if (ignore.rule == nullptr) {
        add_unknown(ignore, findings);
      } else if (all_is_visible && !switched_off(*ignore.rule, options)) {
        add_unused(ignore, findings);
      }
    }
  }
  std::vector<Finding> result = findings.take();
  // An ignore of unused-ignore itself; never reported as unused, or there would be no end.
  apply(result);
  return result;
}

}  // namespace sts::lint
