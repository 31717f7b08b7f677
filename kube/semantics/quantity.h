#pragma once

#include "kube/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sts::kube {

/// A Kubernetes quantity by its exact value: `10Gi`, `1.5e3`, `500m`. Follows apimachinery
/// pkg/api/resource/quantity.go: no value finer than 1n (rounded away from zero), and binary
/// suffixes are capped at 2^63-1.
class Quantity {
 public:
  /// -1, 0 or 1.
  int sign() const { return digits_.empty() ? 0 : negative_ ? -1 : 1; }
  /// A whole number of its unit: a storage request that is not is a fraction of a byte.
  bool is_whole() const { return digits_.empty() || exponent_ >= 0; }

  friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b);
  friend bool operator==(const Quantity& a, const Quantity& b) { return (a <=> b) == 0; }

 private:
  friend Result<Quantity> parse_quantity(std::string_view text);
  void shed_zeroes();
  void round_to_nano();

  bool negative_ = false;
  std::string digits_;         // decimal, no zeroes at either end; empty for zero
  std::int64_t exponent_ = 0;  // value = digits * 10^exponent
};

/// The text of a quantity as the API server's decoder reads it: white space around it is dropped
/// (UnmarshalJSON does). The error has upstream's wording.
Result<Quantity> parse_quantity(std::string_view text);

}  // namespace sts::kube
