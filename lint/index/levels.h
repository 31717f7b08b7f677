#pragma once

#include "lint/index/object.h"
#include "lint/index/paths.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace sts::lint {

/// Visits objects outward from a folder: those in it and below it, then what the folder above adds,
/// and so on to the root. `items` stand in the order of their paths, so that those below one folder
/// stand together, and a repository with thousands of namesakes costs no more than the levels
/// looked at. `object_of(item)` gives the object; `visit(item, down)` is called with its steps down
/// from the level's folder; `leave()` is asked after each level whether that was enough.
template <typename Item, typename ObjectOf, typename Visit, typename Leave>
void visit_outward(std::span<const Item> items, std::string_view folder, const ObjectOf& object_of,
                   const Visit& visit, const Leave& leave) {
  std::size_t seen_begin = 0;
  std::size_t seen_end = 0;
  while (true) {
    const std::string prefix = folder.empty() ? std::string() : std::string(folder) + '/';
    const auto head = [&](const Item& item) {
      return std::string_view(object_of(item).file->path).substr(0, prefix.size());
    };
    const auto first = std::partition_point(items.begin(), items.end(),
                                            [&](const Item& item) { return head(item) < prefix; });
    const auto last = std::partition_point(first, items.end(),
                                           [&](const Item& item) { return head(item) == prefix; });
    const auto begin = static_cast<std::size_t>(first - items.begin());
    const auto end = static_cast<std::size_t>(last - items.begin());
    const bool overlaps = seen_begin < seen_end;
    const auto visit_range = [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        const std::string_view rest =
            std::string_view(object_of(items[i]).file->path).substr(prefix.size());
        visit(items[i], static_cast<int>(std::count(rest.begin(), rest.end(), '/')));
      }
    };
    visit_range(begin, overlaps ? seen_begin : end);
    if (overlaps) visit_range(seen_end, end);
    if (leave() || folder.empty()) return;
    seen_begin = begin;
    seen_end = end;
    folder = folder_of(folder);
  }
}

}  // namespace sts::lint
