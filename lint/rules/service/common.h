#pragma once

#include "lint/index/index.h"
#include "lint/model/service.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint::service {

using shape::is_fragment;

/// `serviceName` as it will reach the API server is written here, and it is a name that a Service
/// can have; the rest is servicename-missing's and servicename-invalid's.
bool names_a_service(const StatefulSetView& set);

/// The Services that the set's serviceName may mean, all equally near; empty unless found. A rule
/// speaks only where all of them show the same fault.
std::vector<const Object*> governing_services(const StatefulSetView& set, const Index& index);

/// "app: db"
std::string pair(std::string_view key, std::string_view value);

/// The labels of the set's selector as a Service's selector, for a suggestion:
/// "{app: db, tier: data}"; "" where they are not all known.
std::string selector_for(const Object& set, const Index& index);

/// A finding at a value; where that is absent, at the key of its parent.
Findings::Builder report(Findings& findings, const Rule& rule, Severity severity,
                         const Object& object, kube::Value value, kube::Value parent,
                         std::string message);

/// The words of a name, between dashes and dots, hold one of these.
bool has_word(std::string_view name, std::initializer_list<std::string_view> words);

/// They are meant for each other: applied side by side, in one namespace that is written out, or in
/// neighbouring folders. What lies farther apart may only share its labels.
bool near_enough(const Object& a, const Object& b, const Index& index);

/// Workloads that the Service surely selects and that are near enough to it.
std::vector<const Object*> surely_selected(const Object& service, const Index& index);

/// Suggests --project where only a lone file was read.
inline constexpr std::string_view kLoneFileHint =
    "if another file defines it, name its folder with --project DIR";

}  // namespace sts::lint::service
