#include "lint/change/change.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace sts::lint {
namespace {

// A namespace that nobody wrote may be any: it is not part of what tells objects apart.
using Identity = std::tuple<std::string_view, std::string_view>;  // kind, name
using PlacedIdentity = std::tuple<std::string_view, Identity>;    // path

Identity identity(const Object& object) { return {object.kind_name, object.name}; }

PlacedIdentity placed(const Object& object) { return {object.file->path, identity(object)}; }

bool may_be_one(const Object& a, const Object& b) {
  return !a.name_space.known() || !b.name_space.known() || a.name_space.name == b.name_space.name;
}

// The objects of one identity on both sides that have no partner yet.
struct Group {
  std::vector<const Object*> before;
  std::vector<const Object*> after;
};

class Matcher {
 public:
  Matcher(const Index& before, const Index& after) : before_(before), after_(after) {}

  Changes run() {
    pair_up(&placed);
    pair_up([](const Object& object) { return identity(object); });
    Changes changes;
    for (const Object& object : after_.objects()) {
      if (!comparable(object)) continue;
      if (const auto partner = partners_.find(&object); partner != partners_.end()) {
        changes.all.push_back({partner->second, &object});
      } else if (!unclear_.contains(identity(object))) {
        changes.all.push_back({nullptr, &object});
      }
    }
    for (const Object& object : before_.objects()) {
      if (comparable(object) && !paired_.contains(&object) &&
          !unclear_.contains(identity(object))) {
        changes.removed.push_back(&object);
      }
    }
    return changes;
  }

 private:
  static bool comparable(const Object& object) { return !object.name.empty(); }

  template <typename KeyOf>
  void pair_up(KeyOf key_of) {
    std::map<decltype(key_of(std::declval<const Object&>())), Group> groups;
    for (const Object& object : before_.objects()) {
      if (comparable(object) && !paired_.contains(&object)) {
        groups[key_of(object)].before.push_back(&object);
      }
    }
    for (const Object& object : after_.objects()) {
      if (comparable(object) && !partners_.contains(&object)) {
        groups[key_of(object)].after.push_back(&object);
      }
    }
    for (const auto& [key, group] : groups) pair_up(group);
  }

  // A partner is one that fits alone: on either side no second one could take its place.
  void pair_up(const Group& group) {
    for (const Object* after : group.after) {
      const std::vector<const Object*> candidates = fitting(*after, group.before);
      if (candidates.empty()) continue;
      const Object* const before = candidates.front();
      if (candidates.size() == 1 && fitting(*before, group.after).size() == 1) {
        partners_[after] = before;
        paired_[before] = after;
        unclear_.erase(identity(*after));
      } else {
        unclear_.insert(identity(*after));
      }
    }
  }

  static std::vector<const Object*> fitting(const Object& object,
                                            const std::vector<const Object*>& others) {
    std::vector<const Object*> candidates;
    for (const Object* other : others) {
      if (may_be_one(object, *other)) candidates.push_back(other);
    }
    return candidates;
  }

  const Index& before_;
  const Index& after_;
  std::map<const Object*, const Object*> partners_;  // of the project's objects
  std::map<const Object*, const Object*> paired_;    // of the base's objects
  std::set<Identity> unclear_;
};

}  // namespace

Changes match(const Index& before, const Index& after) { return Matcher(before, after).run(); }

}  // namespace sts::lint
