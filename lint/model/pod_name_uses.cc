#include "lint/model/pod_name_uses.h"

#include "kube/semantics/pod_names.h"
#include "lint/model/comment_lines.h"
#include "lint/model/workload.h"

#include <algorithm>
#include <array>

namespace sts::lint {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_label(char c) { return is_lower(c) || is_digit(c) || c == '-'; }
bool is_word(char c) { return is_label(c) || (c >= 'A' && c <= 'Z') || c == '_'; }

// What follows a dot in a file's name more often than in a host's.
bool is_file_suffix(std::string_view word) {
  constexpr std::array<std::string_view, 38> kSuffixes{
      "log", "txt",  "conf", "cfg",  "cnf", "yaml", "yml", "json",      "toml", "ini",
      "sh",  "bash", "py",   "js",   "lua", "sql",  "pem", "crt",       "cer",  "key",
      "csr", "p12",  "jks",  "sock", "pid", "lock", "dat", "bin",       "tar",  "gz",
      "tgz", "zip",  "bak",  "tmp",  "out", "err",  "xml", "properties"};
  return std::find(kSuffixes.begin(), kSuffixes.end(), word) != kSuffixes.end();
}

// Where a variable that ends before `dot` begins: $(NAME), ${NAME}, $NAME, `hostname`, $(hostname).
std::size_t variable_begin(std::string_view whole, std::size_t dot) {
  constexpr auto kNone = std::string_view::npos;
  // No further back than names are long: a text may hold very many brackets.
  constexpr std::size_t kLongest = 256;
  const std::size_t cut = dot > kLongest ? dot - kLongest : 0;
  const std::string_view text = whole.substr(cut, dot - cut);
  const auto in_whole = [&](std::size_t at) { return at == kNone ? kNone : cut + at; };
  const char last = text.back();
  if (last == ')' || last == '}') {
    const std::size_t open = text.rfind(last == ')' ? "$(" : "${");
    return open != kNone && text.find('\n', open) == kNone ? in_whole(open) : kNone;
  }
  if (last == '`') return text.size() < 2 ? kNone : in_whole(text.rfind('`', text.size() - 2));
  std::size_t begin = text.size();
  while (begin > 0 && is_word(text[begin - 1]) && text[begin - 1] != '-') --begin;
  return begin > 0 && begin < text.size() && text[begin - 1] == '$' ? in_whole(begin - 1) : kNone;
}

// Labels and dots from here on, but for a dot that ends the text.
std::size_t host_end(std::string_view text, std::size_t end) {
  while (end + 1 < text.size() && text[end] == '.' && is_label(text[end + 1])) {
    ++end;
    while (end < text.size() && is_label(text[end])) ++end;
  }
  return end;
}

}  // namespace

HostRest rest_of_host(std::string_view text) {
  HostRest rest;
  int labels = 0;
  while (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() && (is_word(text[end]) || text[end] == '$' || text[end] == '{' ||
                                 text[end] == '}' || text[end] == '(' || text[end] == ')')) {
      ++end;
    }
    // A trailing dot ends a sentence or an absolute name.
    if (end == 0) break;
    ++labels;
    if (labels == 1) rest.name_space = text.substr(0, end);
    if (labels == 2) {
      rest.kind =
          text.substr(0, end) == "svc" ? HostRest::Kind::kCluster : HostRest::Kind::kOtherZone;
      return rest;
    }
    text.remove_prefix(end);
  }
  rest.kind = labels == 0 ? HostRest::Kind::kNothing : HostRest::Kind::kOneLabel;
  return rest;
}

std::vector<FoundUse> find_pod_names(std::string_view text) {
  constexpr auto kNone = std::string_view::npos;
  std::vector<FoundUse> found;
  CommentLines comments(text);
  for (std::size_t dot = text.find('.'); dot != kNone; dot = text.find('.', dot + 1)) {
    std::size_t end = dot + 1;
    while (end < text.size() && is_label(text[end])) ++end;
    const std::string_view service = text.substr(dot + 1, end - dot - 1);
    const bool whole = end == text.size() || !is_word(text[end]);
    if (dot > 0 && !service.empty() && whole && is_lower(service.front()) &&
        service.back() != '-') {
      const HostRest::Kind rest = rest_of_host(text.substr(end)).kind;
      const bool host = rest != HostRest::Kind::kOtherZone &&
                        (rest != HostRest::Kind::kNothing || !is_file_suffix(service));
      std::size_t begin = dot;
      while (begin > 0 && is_label(text[begin - 1])) --begin;
      const bool starts = begin == 0 || (!is_word(text[begin - 1]) && text[begin - 1] != '.' &&
                                         text[begin - 1] != '$');
      const auto set = kube::parent_of_pod(text.substr(begin, dot - begin));
      if (host && starts && set) {
        if (!comments.holds(dot)) {
          found.push_back({{*set, service, false, rest == HostRest::Kind::kOneLabel},
                           begin,
                           end,
                           host_end(text, end)});
        }
      } else if (host && !set) {
        const std::size_t variable = variable_begin(text, dot);
        if (variable != kNone && !comments.holds(dot)) {
          found.push_back({{"", service, false, rest == HostRest::Kind::kOneLabel},
                           variable,
                           end,
                           host_end(text, end)});
        }
      }
    }
    // name.namespace.svc: this dot stands before "svc".
    if (service == "svc" && whole && dot > 0) {
      const std::size_t before = text.rfind('.', dot - 1);
      if (before == kNone || before + 1 == dot || before == 0) continue;
      const std::string_view middle = text.substr(before + 1, dot - before - 1);
      std::size_t begin = before;
      while (begin > 0 && is_label(text[begin - 1])) --begin;
      const bool starts = begin == 0 || (!is_word(text[begin - 1]) && text[begin - 1] != '.');
      const bool plain = std::all_of(middle.begin(), middle.end(), [](char c) {
        return is_word(c) || c == '$' || c == '{' || c == '}' || c == '(' || c == ')';
      });
      const std::string_view name = text.substr(begin, before - begin);
      if (starts && plain && !name.empty() && !comments.holds(dot)) {
        found.push_back({{"", name, true, false}, begin, before, host_end(text, before)});
      }
    }
  }
  return found;
}

Place PodNameSite::place() const {
  return {scalar.tree().source_ptr(), {scalar.source_offset(begin), scalar.source_offset(end)}};
}

kube::Value configuration_of(const Object& object) {
  if (object.kind == Kind::kConfigMap) return object.root.get("data");
  return pod_template(object).spec;
}

PodNameUses::PodNameUses(const Index& index) {
  for (const Object& object : index.objects()) {
    each_scalar(configuration_of(object), [&](kube::Value scalar) {
      for (const FoundUse& found : find_pod_names(scalar.text())) {
        sites_.push_back({found.use, &object, scalar, found.begin, found.host_end});
      }
    });
  }
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    by_service_[sites_[i].use.service].push_back(i);
    if (!sites_[i].use.set.empty()) by_set_[sites_[i].use.set].push_back(i);
  }
}

const PodNameSite* PodNameUses::under_service(const Object& set, std::string_view service,
                                              const Index& index) const {
  const auto found = by_service_.find(service);
  if (found == by_service_.end()) return nullptr;
  const PodNameSite* nearest = nullptr;
  for (const std::size_t i : found->second) {
    const PodNameSite& site = sites_[i];
    if (!site.use.set.empty() && site.use.set != set.name) continue;
    // A variable is the name of the pod that reads it.
    if (site.use.set.empty() && !site.use.service_itself && site.object != &set &&
        site.object->kind != Kind::kConfigMap) {
      continue;
    }
    if (index.same_namespace(set, *site.object) == SameNamespace::kNo) continue;
    if (nearest == nullptr ||
        Index::distance(set, *site.object) < Index::distance(set, *nearest->object)) {
      nearest = &site;
    }
  }
  return nearest;
}

const PodNameSite* PodNameUses::of_set(const Object& set, const Index& index) const {
  const auto found = by_set_.find(set.name);
  if (set.name.empty() || found == by_set_.end()) return nullptr;
  const PodNameSite* nearest = nullptr;
  for (const std::size_t i : found->second) {
    const PodNameSite& site = sites_[i];
    if (site.object != &set && !index.together(set, *site.object)) continue;
    if (nearest == nullptr || site.object == &set) nearest = &site;
    if (site.object == &set) break;
  }
  return nearest;
}

}  // namespace sts::lint
