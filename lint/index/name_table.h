#pragma once

#include "lint/index/object.h"

#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// Objects by kind and name, for the whole project. Sorted once and searched by halving: as quick
/// as hashing at these sizes, and equal names come out in the stable order, folder by folder.
class NameTable {
 public:
  void add(Kind kind, std::string_view name, const Object* object);
  /// Under a name that no source holds.
  void add_owned(Kind kind, std::string name, const Object* object);
  void sort();

  /// In the stable order, each object once.
  std::vector<const Object*> find(Kind kind, std::string_view name) const;

  /// The objects of that name for which `rank` gives the smallest number, among those nearest to
  /// `from` (which itself is left out): same file, same folder, the fewest steps up, then down.
  /// `rank` gives a negative number for an object that does not count.
  std::vector<const Object*> nearest(const Object& from, Kind kind, std::string_view name,
                                     const std::function<int(const Object&)>& rank) const;

 private:
  struct Entry {
    Kind kind;
    std::string_view name;
    const Object* object;
  };
  std::span<const Entry> range(Kind kind, std::string_view name) const;

  std::vector<Entry> entries_;
  std::deque<std::string> owned_;
};

}  // namespace sts::lint
