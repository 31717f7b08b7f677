#include "lint/index/object.h"
#include "lint/rule.h"

#include <algorithm>

namespace sts::lint {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      break;
  }
  return "info";
}

namespace {

Place place_of(kube::Value value, bool key) {
  return {value.tree().source_ptr(), key ? value.key_range() : value.range()};
}

// Helm and kustomize say which file a document was made from; that file is where it is mended. Its
// lines are other ones, so only its name is given.
void say_origin(const Object& object, Finding& finding) {
  if (object.rendered_from.empty()) return;
  const auto source = std::make_shared<const kube::SourceFile>(object.rendered_from, "");
  finding.related.push_back({{source, {}, true}, "rendered from this file"});
}

}  // namespace

Findings::Builder& Findings::Builder::fix(std::string text) {
  all_.finding(at_).fix = std::move(text);
  return *this;
}

Findings::Builder& Findings::Builder::related(kube::Value value, std::string message) {
  if (!value.exists()) return *this;
  return related(place_of(value, false), std::move(message));
}

Findings::Builder& Findings::Builder::related_key(kube::Value value, std::string message) {
  if (!value.exists()) return *this;
  return related(place_of(value, true), std::move(message));
}

Findings::Builder& Findings::Builder::related(Place place, std::string message) {
  if (place.source) all_.finding(at_).related.push_back({std::move(place), std::move(message)});
  return *this;
}

Findings::Count& Findings::count(const Rule& rule, const Object& object) {
  if (object_ != &object) {
    close_object();
    object_ = &object;
    counted_ = !unlimited_ || !unlimited_(object);
  }
  for (Count& count : counts_) {
    if (count.rule == &rule) return count;
  }
  return counts_.emplace_back(Count{&rule, 0, 0});
}

void Findings::close_object() {
  for (const Count& count : counts_) {
    if (count.found <= kMost + 1 || !counted_) continue;
    findings_[count.rest].message =
        "… and " + std::to_string(count.found - kMost) + " more like this in the same object";
    findings_[count.rest].fix.clear();
    findings_[count.rest].related.clear();
  }
  counts_.clear();
  object_ = nullptr;
}

std::vector<Finding> Findings::take() {
  close_object();
  return std::move(findings_);
}

Findings::Builder Findings::add(const Rule& rule, Severity severity, const Object& object,
                                kube::Value value, bool key, std::string message) {
  if (!value.exists()) value = object.root;
  Count& so_far = count(rule, object);
  if (++so_far.found > kMost + 1 && counted_) {
    Finding& rest = findings_[so_far.rest];
    rest.severity = std::max(rest.severity, severity);
    dropped_ = Finding();
    dropped_.place = place_of(value, key);
    return Builder(*this, kDropped);
  }
  so_far.rest = findings_.size();
  Builder builder = at_place(rule, severity, place_of(value, key), std::move(message));
  findings_.back().pointer = value.pointer();
  findings_.back().object = object.identity();
  say_origin(object, findings_.back());
  return builder;
}

Findings::Builder Findings::at(const Rule& rule, Severity severity, const Object& object,
                               kube::Value value, std::string message) {
  return add(rule, severity, object, value, false, std::move(message));
}

Findings::Builder Findings::at_key(const Rule& rule, Severity severity, const Object& object,
                                   kube::Value value, std::string message) {
  return add(rule, severity, object, value, true, std::move(message));
}

Findings::Builder Findings::in_text(const Rule& rule, Severity severity, const Object& object,
                                    kube::Value scalar, std::size_t begin, std::size_t end,
                                    std::string message) {
  Builder builder = at(rule, severity, object, scalar, std::move(message));
  if (!scalar.is_scalar() || builder.at_ == kDropped) return builder;
  const std::size_t size = scalar.text().size();
  begin = std::min(begin, size);
  end = std::clamp(end, begin, size);
  kube::ByteRange& range = findings_.back().place.range;
  const kube::ByteRange whole = range;
  range.begin = scalar.source_offset(begin);
  // The end of the last byte and not the start of the next: that may stand on another line.
  range.end = end > begin ? scalar.source_offset(end - 1) + 1 : range.begin;
  if (range.begin >= range.end || range.end > whole.end) {
    range.end = std::max(range.begin, std::min(range.begin + 1, whole.end));
  }
  return builder;
}

Findings::Builder Findings::at_place(const Rule& rule, Severity severity, Place place,
                                     std::string message) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = severity;
  finding.place = std::move(place);
  finding.message = std::move(message);
  findings_.push_back(std::move(finding));
  return Builder(*this, findings_.size() - 1);
}

}  // namespace sts::lint
