#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sts::kube {

/// Does a selector select? kUnknown where labels are not all known (known_labels.h).
enum class Match : std::uint8_t { kYes, kNo, kUnknown };

/// The operators of matchExpressions, told whether the labels have the key and whether its value is
/// one of those listed (apimachinery pkg/labels/selector.go, Requirement.Matches, v1.34): NotIn and
/// DoesNotExist hold for a missing key. kUnknown for another operator, which the API server
/// rejects.
Match requirement_holds(std::string_view op, Match has_key, Match is_listed);

/// One of matchExpressions.
struct LabelExpression {
  std::string key;
  std::string op;  // In, NotIn, Exists, DoesNotExist
  std::vector<std::string> values;
};

/// metav1.LabelSelector of an object that the API server has accepted.
struct LabelSelector {
  std::map<std::string, std::string, std::less<>> match_labels;
  std::vector<LabelExpression> expressions;
};

/// What `labelSelector=` takes, not yet percent-encoded: "app=web,tier in (db,cache),!legacy";
/// metav1.FormatLabelSelector. An empty selector gives "", which selects everything.
std::string to_query(const LabelSelector& selector);

/// An empty selector matches everything; an operator that is unknown nothing.
bool matches(const LabelSelector& selector,
             const std::map<std::string, std::string, std::less<>>& labels);

/// A map selector, as Services have it: the first key that `labels` lack or have with another
/// value; "" where all are there. An empty selector needs a rule of its own.
std::string_view mismatching_key(const std::map<std::string, std::string, std::less<>>& selector,
                                 const std::map<std::string, std::string, std::less<>>& labels);

}  // namespace sts::kube
