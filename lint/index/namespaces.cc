#include "lint/index/namespaces.h"

#include "lint/index/kinds.h"

namespace sts::lint {
namespace {

// Comparing more pairs than this tells no more than "possible".
constexpr std::size_t kMaxPairs = 1024;

class Verdict {
 public:
  void add(SameNamespace same) {
    if (!any_) {
      result_ = same;
    } else if (result_ != same) {
      result_ = SameNamespace::kPossible;
    }
    any_ = true;
  }
  bool any() const { return any_; }
  SameNamespace result() const { return result_; }

 private:
  bool any_ = false;
  SameNamespace result_ = SameNamespace::kPossible;
};

}  // namespace

SameNamespace Namespaces::compare(One a, One b) {
  if (a.state == One::State::kAmbient && b.state == One::State::kAmbient) {
    return SameNamespace::kYes;
  }
  if (a.state != b.state) return SameNamespace::kPossible;
  if (a.text == b.text && !a.text.empty()) return SameNamespace::kYes;
  // Two placeholders that are spelled differently may still become one namespace.
  return a.state == One::State::kName ? SameNamespace::kNo : SameNamespace::kPossible;
}

void Namespaces::remember(std::span<const Object> objects) {
  written_.clear();
  written_.reserve(objects.size());
  for (const Object& object : objects) written_.push_back(read(object));
}

Namespaces::One Namespaces::written(const Object& object) const {
  return object.ordinal < written_.size() ? written_[object.ordinal] : read(object);
}

Namespaces::One Namespaces::read(const Object& object) const {
  const kube::Value value = object.metadata.get("namespace");
  if (!object.patches.empty() && object.patched_at("/metadata/namespace")) {
    return {One::State::kUnknown, {}};
  }
  if (value && !(value.is_scalar() && value.text().empty())) {
    if (const auto name = value.string()) return {One::State::kName, *name};
    return {One::State::kUnknown, value.text()};
  }
  if (ambient_) return {One::State::kName, *ambient_};
  return {One::State::kAmbient, {}};
}

Namespaces::One Namespaces::built(const Object& object, const BuildStep& step) const {
  if (step.name_space.empty()) return written(object);
  return {One::State::kName, step.name_space};
}

std::vector<Namespaces::One> Namespaces::all(const Object& object) const {
  std::vector<One> values;
  for (const BuildStep* step : builds_.of(object)) {
    const One value = built(object, *step);
    bool seen = false;
    for (const One& other : values) {
      seen = seen || (other.state == value.state && other.text == value.text);
    }
    if (!seen) values.push_back(value);
  }
  if (values.empty()) values.push_back(written(object));
  return values;
}

NamespaceName Namespaces::known(const Object& object) const {
  const std::vector<One> values = all(object);
  if (values.size() != 1 || values.front().state != One::State::kName) return {};
  return {std::string(values.front().text)};
}

SameNamespace Namespaces::same(const Object& a, const Object& b) const {
  if (is_cluster_scoped(a.kind) || is_cluster_scoped(b.kind)) return SameNamespace::kYes;
  if (a.kustomizations.empty() && b.kustomizations.empty()) {
    return compare(written(a), written(b));
  }
  const auto steps_a = builds_.of(a);
  const auto steps_b = builds_.of(b);

  Verdict verdict;
  for (const BuildStep* step_a : steps_a) {
    for (const BuildStep* step_b : steps_b) {
      if (step_a->root == step_b->root) verdict.add(compare(built(a, *step_a), built(b, *step_b)));
    }
  }
  if (verdict.any()) return verdict.result();

  const std::vector<One> all_a = all(a);
  const std::vector<One> all_b = all(b);
  if (all_a.size() * all_b.size() > kMaxPairs) return SameNamespace::kPossible;
  for (const One& one_a : all_a) {
    for (const One& one_b : all_b) verdict.add(compare(one_a, one_b));
  }
  return verdict.result();
}

SameNamespace Namespaces::same(const Object& from, const Object& object,
                               std::string_view name) const {
  if (is_cluster_scoped(object.kind)) return SameNamespace::kYes;
  const One wanted{One::State::kName, name};
  Verdict verdict;
  for (const BuildStep* step : builds_.of(object)) {
    for (const BuildStep* other : builds_.of(from)) {
      if (step->root == other->root) verdict.add(compare(built(object, *step), wanted));
    }
  }
  if (verdict.any()) return verdict.result();
  for (const One& one : all(object)) verdict.add(compare(one, wanted));
  return verdict.result();
}

}  // namespace sts::lint
