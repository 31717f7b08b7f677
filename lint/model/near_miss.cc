#include "lint/model/near_miss.h"

#include <algorithm>
#include <set>
#include <string>

namespace sts::lint {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Optimal string alignment: insert, delete, replace, swap neighbours.
int edits(std::string_view a, std::string_view b) {
  std::vector<int> before_last(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::set<std::string_view> words(std::string_view name) {
  std::set<std::string_view> result;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-._"), name.size());
    if (end > 0) result.insert(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return result;
}

/// Letters only: what is left of "kafka-2" and of "kafka" is the same.
std::string without_numbers(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (!is_digit(c) && c != '-' && c != '.' && c != '_') result += c;
  }
  return result;
}

bool has_digit(std::string_view name) { return std::any_of(name.begin(), name.end(), is_digit); }

}  // namespace

std::optional<int> near_miss(std::string_view a, std::string_view b) {
  // Kubernetes' names have at most 253 characters; nothing longer is worth the square.
  constexpr std::size_t kLongest = 253;
  if (a == b || a.empty() || b.empty() || a.size() > kLongest || b.size() > kLongest) {
    return std::nullopt;
  }
  if ((has_digit(a) || has_digit(b)) && without_numbers(a) == without_numbers(b)) {
    return std::nullopt;
  }
  const std::size_t shorter = std::min(a.size(), b.size());
  const int allowed = shorter < 3 ? 0 : shorter < 5 ? 1 : 2;
  if (std::max(a.size(), b.size()) - shorter <= 2) {
    const int distance = edits(a, b);
    if (distance <= allowed) return distance - 1;
  }
  const std::set<std::string_view> of_a = words(a);
  const std::set<std::string_view> of_b = words(b);
  const auto& few = of_a.size() <= of_b.size() ? of_a : of_b;
  const auto& many = of_a.size() <= of_b.size() ? of_b : of_a;
  if (few.empty() || !std::includes(many.begin(), many.end(), few.begin(), few.end())) {
    return std::nullopt;
  }
  return 2 + static_cast<int>(many.size() - few.size());
}

std::optional<std::size_t> nearest(std::string_view name,
                                   const std::vector<std::string_view>& candidates) {
  // Of so many names none was surely meant, and asked for each of as many it is quadratic.
  constexpr std::size_t kMost = 512;
  if (candidates.size() > kMost) return std::nullopt;
  std::optional<std::size_t> best;
  int best_distance = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::optional<int> distance = near_miss(name, candidates[i]);
    if (distance && (!best || *distance < best_distance)) {
      best = i;
      best_distance = *distance;
    }
  }
  return best;
}

}  // namespace sts::lint
