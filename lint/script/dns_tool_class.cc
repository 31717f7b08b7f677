#include "lint/script/dns_tool_class.h"

#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace sts::lint {

namespace {

constexpr int kNewestMinor = 38;  // busybox 1.38, the newest that was looked at

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

Libc libc_named(std::string_view name) {
  if (name == "glibc") return Libc::kGlibc;
  if (name == "musl") return Libc::kMusl;
  if (name == "uclibc") return Libc::kUclibc;
  return Libc::kUnknown;
}

// The library images, and the mirrors that carry them under the same tags. Another registry's
// library/ may be anything (Harbor's default project has that name).
bool is_library(const ImageReference& image, std::string_view name) {
  const std::string library = "library/" + std::string(name);
  if (image.domain == "docker.io" || image.domain == "mirror.gcr.io") return image.path == library;
  return image.domain == "public.ecr.aws" && image.path == "docker/" + library;
}

NslookupClass class_of(int minor) {
  if (minor <= 28) return NslookupClass::kLibc;
  if (minor == 29) return NslookupClass::kNoSearch;
  if (minor == 30) return NslookupClass::kNoStatus;
  return NslookupClass::kStrict;
}

// docker-library/busybox: uclibc was the default until commit 4858368 (2022-12-05), when 1.34.1 and
// 1.35.0 were alive; glibc since.
Libc default_libc(int minor) {
  if (minor <= 33) return Libc::kUclibc;
  return minor >= 36 ? Libc::kGlibc : Libc::kUnknown;
}

void read_busybox(const ImageReference& image, DnsTools& tools) {
  std::string_view tag = image.tag;
  if (tag.starts_with('v')) tag.remove_prefix(1);
  const auto pieces = split(tag, '-');
  Libc libc = libc_named(pieces.back());
  const auto version = split(pieces[0], '.');
  const auto major = number(version[0]);
  if (major && version.size() >= 2) {
    const auto minor = number(version[1]);
    if (*major != 1 || !minor) return;
    tools.minor = *minor;
    tools.nslookup = class_of(*minor);
    // A numeric suffix is an image's revision ("1.29-2"); another one may be another build.
    const bool plain = pieces.size() == 1;
    if (libc == Libc::kUnknown && plain && tools.official) libc = default_libc(*minor);
    tools.libc = libc;
    tools.shown = "busybox 1." + std::to_string(*minor);
    return;
  }
  const bool moving = tag.empty() || tag == "1" || tag == "latest" || tag == "stable" ||
                      tag == "unstable" || (pieces.size() == 1 && libc != Libc::kUnknown) ||
                      (pieces.size() == 2 && libc != Libc::kUnknown &&
                       (pieces[0] == "latest" || pieces[0] == "stable" || pieces[0] == "unstable" ||
                        pieces[0] == "1"));
  if (!moving || !tools.official) return;
  if (image.tag.empty() && !image.digest.empty()) return;
  tools.minor = kNewestMinor;
  tools.nslookup = NslookupClass::kStrict;
  tools.libc = libc == Libc::kUnknown ? Libc::kGlibc : libc;
  tools.shown = "busybox (" + (tag.empty() ? std::string("latest") : std::string(tag)) + ")";
}

// The busybox of each alpine minor, from alpine 3.9 on.
constexpr std::array<int, 14> kBusyboxOfAlpine = {29, 30, 31, 31, 32, 33, 34,
                                                  35, 35, 36, 36, 36, 37, 37};

void read_alpine(const ImageReference& image, DnsTools& tools) {
  tools.libc = Libc::kMusl;
  std::string_view tag = image.tag;
  if (tag.starts_with('v')) tag.remove_prefix(1);
  const auto version = split(split(tag, '-')[0], '.');
  const auto major = number(version[0]);
  if (major && version.size() >= 2) {
    const auto minor = number(version[1]);
    if (!minor || *major < 2 || *major > 3) return;
    const auto patch = version.size() > 2 ? number(version[2]) : std::optional<int>();
    tools.shown = "busybox of alpine " + std::string(split(tag, '-')[0]);
    // Its nslookup was the small one until busybox 1.31.1-r9, that is alpine 3.11.3
    // (gliderlabs/docker-alpine#539); the tag 3.11 is a later one.
    if (*major == 2 || *minor < 11 || (*minor == 11 && patch && *patch <= 2)) {
      tools.nslookup = NslookupClass::kLibc;
      tools.minor = 28;
      return;
    }
    tools.nslookup = NslookupClass::kStrict;
    const std::size_t row = static_cast<std::size_t>(*minor - 9);
    tools.minor = row < kBusyboxOfAlpine.size() ? kBusyboxOfAlpine[row] : kNewestMinor;
    return;
  }
  const bool moving = tag.empty() || tag == "3" || tag == "latest" || tag == "edge";
  if (!moving || !tools.official) return;
  if (image.tag.empty() && !image.digest.empty()) return;
  tools.nslookup = NslookupClass::kStrict;
  tools.minor = kNewestMinor;
  tools.shown =
      "busybox of alpine (" + (tag.empty() ? std::string("latest") : std::string(tag)) + ")";
}

}  // namespace

DnsTools dns_tools(const ImageReference& image) {
  DnsTools tools;
  const std::string_view name = image.name();
  if (name != "busybox" && name != "alpine") return tools;
  tools.alpine = name == "alpine";
  tools.nslookup = NslookupClass::kUnknown;
  tools.official = is_library(image, name);
  tools.shown = tools.alpine ? "busybox of this alpine image" : "this busybox image";
  if (image.placeholder) return tools;
  if (tools.alpine) {
    read_alpine(image, tools);
  } else {
    read_busybox(image, tools);
  }
  return tools;
}

LookupResult nslookup_result(const DnsTools& tools, const LookupQuery& query) {
  LookupResult result;
  const bool relative = query.form != NameForm::kFqdn;
  const auto usage_error = [&] {
    result.exists = result.missing = Status::kOne;
    result.resolved = false;
    result.usage_error = true;
    return result;
  };
  // The small nslookup knows no options at all; -type=srv came with 6b4960155 (1.32).
  if (tools.nslookup == NslookupClass::kLibc && query.type_given) return usage_error();
  if (query.srv && tools.minor < 32) return usage_error();

  switch (tools.nslookup) {
    case NslookupClass::kLibc:
      // uclibc's getaddrinfo asks a dotted name as it is first, and goes on to the search list only
      // where that is NXDOMAIN or SERVFAIL.
      if (tools.libc == Libc::kUclibc && query.form == NameForm::kDotted) {
        result.exists = Status::kVaries;
      }
      return result;
    case NslookupClass::kNoSearch:
      result.missing = Status::kZero;
      result.resolved = !relative;
      return result;
    case NslookupClass::kNoStatus:
      result.missing = Status::kZero;
      result.resolved =
          query.form == NameForm::kFqdn || (query.form == NameForm::kLabel && !query.server_given);
      return result;
    case NslookupClass::kStrict: {
      // uclibc builds before 62775ec4b (1.37) send every query under one id and take the first
      // reply only: which one that is, is luck.
      const bool lucky = tools.libc == Libc::kUclibc && tools.minor <= 36;
      const bool perhaps_lucky = tools.libc == Libc::kUnknown && tools.minor <= 36;
      if (query.form == NameForm::kFqdn) {
        result.slow = lucky && !query.type_given;
        return result;
      }
      result.exists = Status::kOne;
      result.resolved = query.form == NameForm::kLabel && !query.server_given;
      if (result.resolved && (lucky || perhaps_lucky)) result.exists = Status::kVaries;
      result.slow = lucky;
      return result;
    }
    case NslookupClass::kNone:
    case NslookupClass::kUnknown:
      break;
  }
  return result;
}

}  // namespace sts::lint
