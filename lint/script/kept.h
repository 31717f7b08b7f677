#pragma once

#include "lint/index/index.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace sts::lint {

inline constexpr std::size_t kKeptObjects = 64;

/// What is computed from an object's scripts, of the kKeptObjects objects asked for last
/// (Index::derived). Each thread of the engine asks all rules about one object before it goes on to
/// the next, so the objects being checked are the last ones asked for; some rules look at other
/// objects in between, and the memory stays small whatever the project's size. Thread-safe; an
/// object that has been pushed out, or that two threads ask for at once, is computed again.
template <typename Value>
class Kept {
 public:
  explicit Kept(const Index&) {}

  /// Never null. `make` gives a Value.
  template <typename Make>
  std::shared_ptr<const Value> get(const Object& object, const Make& make) const {
    if (auto value = kept(object)) return value;
    // Made without the lock: it may take long, and ask for other objects.
    return keep(object, std::make_shared<const Value>(make()));
  }

 private:
  struct Entry {
    const Object* object = nullptr;
    std::shared_ptr<const Value> value;
    std::uint64_t asked = 0;  // when it was asked for last, in questions
  };

  std::shared_ptr<const Value> kept(const Object& object) const {
    const std::lock_guard lock(mutex_);
    return find(object);
  }

  std::shared_ptr<const Value> keep(const Object& object,
                                    std::shared_ptr<const Value> value) const {
    const std::lock_guard lock(mutex_);
    if (auto others = find(object)) return others;
    Entry& oldest = *std::min_element(
        entries_.begin(), entries_.end(),
        [](const Entry& left, const Entry& right) { return left.asked < right.asked; });
    oldest = {&object, value, ++questions_};
    return value;
  }

  std::shared_ptr<const Value> find(const Object& object) const {
    for (Entry& entry : entries_) {
      if (entry.object != &object) continue;
      entry.asked = ++questions_;
      return entry.value;
    }
    return nullptr;
  }

  mutable std::mutex mutex_;
  mutable std::array<Entry, kKeptObjects> entries_;
  mutable std::uint64_t questions_ = 0;
};

}  // namespace sts::lint
