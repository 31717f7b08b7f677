#pragma once

#include "lint/index/derived.h"
#include "lint/index/object.h"
#include "lint/model/labels.h"
#include "lint/options.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// Three answers to "is it there?". Unknown is never an error.
enum class Answer : std::uint8_t { kFound, kAbsent, kUnknown };

/// What a reference points to.
struct Reference {
  Answer answer = Answer::kUnknown;
  /// Found: the candidates that are equally near, nearest group only, in stable order; at least
  /// one. A rule that judges a mismatch reports it only when all of them agree.
  std::vector<const Object*> nearest;
  /// Absent but only a lone file was read: warn with the hint, never an error.
  bool lone_file = false;
  /// Unknown: why ("the chart in charts/db may bring it"). Absent: what was searched
  /// ("this project", "this file alone").
  std::string reason;
  /// Unknown only because every candidate lies nearer to another copy of `from` (its copy for
  /// another environment): the nearest such candidate. Null otherwise.
  const Object* beside_copy = nullptr;

  const Object* first() const { return nearest.empty() ? nullptr : nearest.front(); }
};

/// Could two objects live in one namespace?
enum class SameNamespace : std::uint8_t { kYes, kNo, kPossible };

/// What one root kustomization makes.
using Build = std::uint32_t;

/// A field of an object in one build.
struct Variant {
  std::optional<Build> build;
  bool known = true;  // false: a patch writes it in a way that is not evaluated
  kube::Value value;  // absent where it is not set
  /// The kustomization whose patch wrote it, null for the object's own value; and where it says so.
  const Kustomization* writer = nullptr;
  kube::Value place;
};

/// A path that a kustomization takes in, below the project's root, where nothing is.
struct MissingPath {
  kube::Value place;
  std::string path;     // as written
  std::string nearest;  // a like name that is there; "" for none
};

/// All objects of a run, and every reference among them. Immutable once built (builder.h).
class Index {
 public:
  /// Objects are pointed at: an Index moves, and is never copied.
  Index(Index&&) = default;
  Index& operator=(Index&&) = default;
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  /// In the stable order: by file path, then place.
  std::span<const Object> objects() const { return objects_; }
  const std::vector<const Object*>& of_kind(Kind kind) const;
  const Options& options() const { return options_; }

  SameNamespace same_namespace(const Object& a, const Object& b) const;

  /// The object of a kind and name that `from` would meet in its own namespace. Names are compared
  /// as they will be after the kustomizations that both share. Candidates rank by nearness: same
  /// file, same folder, then the fewest steps up from `from`, then the fewest down.
  Reference find(const Object& from, Kind kind, std::string_view name) const;

  /// The same in a namespace that is written out (`web-0.nginx.prod`).
  Reference find_in(const Object& from, Kind kind, std::string_view name,
                    std::string_view name_space) const;

  /// Every object of a kind and name, in the stable order, in whatever namespace. For saying where
  /// something is instead: `find` answers what a reference points to.
  std::vector<const Object*> named(Kind kind, std::string_view name) const;

  /// Is an object of this kind and name, which the index does not have, proven absent as seen from
  /// `from`? kAbsent or kUnknown, with the reason. Asks more than completeness(): programs, custom
  /// resources and templates anywhere in the project that have the name in their text.
  Reference absence(const Object& from, Kind kind, std::string_view name) const;

  /// Is the project, as seen from `from`, all there is? kAbsent: yes, what is not here is absent.
  /// kUnknown: something unread could bring an object of this kind.
  Reference completeness(const Object& from, Kind kind) const;

  /// Both will surely be applied side by side: same file, same folder (unless its files are
  /// alternatives, see alternatives.h), or a kustomization that takes in both; and their namespaces
  /// are not proven different. For rules that compare peers (overlaps, duplicates); copies of one
  /// set for several environments are not side by side.
  bool together(const Object& a, const Object& b) const;

  /// Labels of an object's metadata / pod template / selector as they will be after kustomize's
  /// commonLabels and labels. A key whose value is a placeholder or differs between overlays is
  /// unknown.
  Labels labels(const Object& object) const;
  Labels template_labels(const Object& workload) const;
  /// Service spec.selector, or a workload's spec.selector.matchLabels.
  Labels selector(const Object& object) const;

  /// What kustomizations add to the selectors and templates of an object's build: the `extra` of
  /// selects() for label selectors within a workload (affinity, topology spread).
  Labels added_selector_labels(const Object& object) const;

  /// The builds that take in the object, ascending; the first argument of what follows.
  std::vector<Build> builds_of(const Object& object) const;
  /// The kustomization that is built.
  const Kustomization& root_of(Build build) const;
  bool holds(Build build, const Object& object) const;

  /// The same in one build.
  Labels template_labels(const Object& workload, std::optional<Build> build) const;
  Labels selector(const Object& object, std::optional<Build> build) const;

  /// A field in each build of the object, or as written where there is none.
  std::vector<Variant> variants(const Object& object, std::string_view pointer) const;

  /// The roots of builds that take in `object` and none of `others`, where components alone bring
  /// these: an overlay that does not name the component lacks them. Empty where something unread
  /// could bring them.
  std::vector<const Kustomization*> builds_without(const Object& object,
                                                   const std::vector<const Object*>& others) const;

  /// Local paths that kustomizations name and that the project does not have.
  const std::vector<MissingPath>& missing_paths() const;

  /// Some build of a kustomization takes in both.
  bool built_together(const Object& a, const Object& b) const;

  /// The HorizontalPodAutoscalers and ScaledObjects that set the replicas of a workload, or may.
  std::vector<const Object*> scalers(const Object& workload) const;

  /// Another object of `from`'s kind and name (its copy for another environment) to which `to` lies
  /// nearer than to `from`, in a folder of alternatives also one in `to`'s own file; null where
  /// there is none or one build takes in both.
  const Object* nearer_copy(const Object& from, const Object& to) const;

  /// A table of the whole index that rules share, made by Table(const Index&) on first use. It may
  /// keep pointers to objects, but not the Index itself.
  template <typename Table>
  const Table& derived() const {
    return derived_->get<Table>(*this);
  }

  /// Steps in the tree from one file's folder to another's: (up, down); (0,0) in one folder.
  static std::pair<int, int> distance(const Object& from, const Object& to);

 private:
  friend class IndexBuilder;
  struct State;
  using LabelsOf = const Labels Kustomization::*;
  explicit Index(Options options) : options_(std::move(options)) {}
  Reference look_up(const Object& from, Kind kind, std::string_view name,
                    std::optional<std::string_view> name_space) const;
  Labels labels_in(const Object& object, std::string_view pointer, Labels written,
                   std::span<const LabelsOf> which, std::optional<Build> build) const;
  Reference unfound(const Object& from, Kind kind, std::string_view name,
                    std::optional<std::string_view> name_space) const;
  std::vector<Object> objects_;
  Options options_;
  std::shared_ptr<const State> state_;
  std::shared_ptr<Derived> derived_ = std::make_shared<Derived>();
};

}  // namespace sts::lint
