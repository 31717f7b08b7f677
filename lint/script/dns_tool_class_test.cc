#include "lint/script/dns_tool_class.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sts::lint {
namespace {

char letter(Status status) {
  return status == Status::kZero ? '0' : status == Status::kOne ? '1' : '?';
}

// "exists/missing", then - where no address is printed and s where it takes five seconds.
std::string result(std::string_view image, NameForm form, bool type = false, bool srv = false,
                   bool server = false) {
  const LookupResult lookup =
      nslookup_result(dns_tools(parse_image(image)), {form, type, srv, server});
  std::string out;
  out += letter(lookup.exists);
  out += '/';
  out += letter(lookup.missing);
  if (!lookup.resolved) out += '-';
  if (lookup.slow) out += 's';
  return out;
}

struct Row {
  const char* image;
  const char* label;
  const char* dotted;
  const char* fqdn;
  const char* typed;  // -type=a with a name in full
};

class Matrix : public testing::TestWithParam<Row> {};

// What was measured, version by version: exit status where the name exists / where it does not.
TEST_P(Matrix, ExitStatus) {
  const Row& row = GetParam();
  EXPECT_EQ(result(row.image, NameForm::kLabel), row.label);
  EXPECT_EQ(result(row.image, NameForm::kDotted), row.dotted);
  EXPECT_EQ(result(row.image, NameForm::kFqdn), row.fqdn);
  EXPECT_EQ(result(row.image, NameForm::kFqdn, true), row.typed);
}

INSTANTIATE_TEST_SUITE_P(Versions, Matrix,
                         testing::Values(Row{"busybox:1.27.2-glibc", "0/1", "0/1", "0/1", "1/1-"},
                                         Row{"busybox:1.28.4-musl", "0/1", "0/1", "0/1", "1/1-"},
                                         Row{"busybox:1.28", "0/1", "?/1", "0/1", "1/1-"},
                                         Row{"busybox:1.28-uclibc", "0/1", "?/1", "0/1", "1/1-"},
                                         Row{"busybox:1.29-glibc", "0/0-", "0/0-", "0/0", "0/0"},
                                         Row{"busybox:1.29.3", "0/0-", "0/0-", "0/0", "0/0"},
                                         Row{"busybox:1.30-musl", "0/0", "0/0-", "0/0", "0/0"},
                                         Row{"busybox:1.30.1", "0/0", "0/0-", "0/0", "0/0"},
                                         Row{"busybox:1.31.0-glibc", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"busybox:1.31.1", "?/1s", "1/1-s", "0/1s", "0/1"},
                                         Row{"busybox:1.33.1", "?/1s", "1/1-s", "0/1s", "0/1"},
                                         Row{"busybox:1.34.1", "?/1", "1/1-", "0/1", "0/1"},
                                         Row{"busybox:1.35.0-musl", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"busybox:1.36", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"busybox:1.36.1-uclibc", "?/1s", "1/1-s", "0/1s",
                                             "0/1"},
                                         Row{"busybox:1.37.0-uclibc", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"busybox", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"alpine:3.9", "0/1", "0/1", "0/1", "1/1-"},
                                         Row{"alpine:3.11.2", "0/1", "0/1", "0/1", "1/1-"},
                                         Row{"alpine:3.11.3", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"alpine:3.11", "1/1", "1/1-", "0/1", "0/1"},
                                         Row{"alpine:3.20.1", "1/1", "1/1-", "0/1", "0/1"}),
                         [](const auto& row) {
                           std::string name = row.param.image;
                           for (char& c : name) {
                             if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
                           }
                           return name;
                         });

TEST(NslookupResult, ServerArgumentTurnsTheSearchListOff) {
  EXPECT_EQ(result("busybox:1.28-musl", NameForm::kLabel, false, false, true), "0/1");
  EXPECT_EQ(result("busybox:1.30", NameForm::kLabel, false, false, true), "0/0-");
  EXPECT_EQ(result("busybox:1.36", NameForm::kLabel, false, false, true), "1/1-");
  EXPECT_EQ(result("busybox:1.33", NameForm::kLabel, false, false, true), "1/1-s");
  EXPECT_EQ(result("busybox:1.36", NameForm::kFqdn, false, false, true), "0/1");
}

TEST(NslookupResult, SrvCameWith132) {
  EXPECT_EQ(result("busybox:1.30", NameForm::kFqdn, true, true), "1/1-");
  EXPECT_EQ(result("busybox:1.31", NameForm::kFqdn, true, true), "1/1-");
  EXPECT_EQ(result("busybox:1.32-musl", NameForm::kFqdn, true, true), "0/1");
  EXPECT_EQ(result("alpine:3.12", NameForm::kFqdn, true, true), "1/1-");
  EXPECT_EQ(result("alpine:3.13", NameForm::kFqdn, true, true), "0/1");
}

std::string tools(std::string_view image) {
  static constexpr const char* kClasses[] = {"none",      "libc",   "no-search",
                                             "no-status", "strict", "unknown"};
  static constexpr const char* kLibcs[] = {"?", "glibc", "musl", "uclibc"};
  const DnsTools read = dns_tools(parse_image(image));
  std::string out = kClasses[static_cast<int>(read.nslookup)];
  if (read.nslookup == NslookupClass::kNone) return out;
  out += " 1." + std::to_string(read.minor) + " " + kLibcs[static_cast<int>(read.libc)];
  if (read.official) out += " official";
  return out;
}

TEST(DnsTools, Images) {
  EXPECT_EQ(tools("busybox"), "strict 1.38 glibc official");
  EXPECT_EQ(tools("busybox:latest"), "strict 1.38 glibc official");
  EXPECT_EQ(tools("busybox:1"), "strict 1.38 glibc official");
  EXPECT_EQ(tools("busybox:musl"), "strict 1.38 musl official");
  EXPECT_EQ(tools("busybox:stable-uclibc"), "strict 1.38 uclibc official");
  EXPECT_EQ(tools("docker.io/library/busybox:1.35"), "strict 1.35 ? official");
  EXPECT_EQ(tools("index.docker.io/busybox:1.33"), "strict 1.33 uclibc official");
  EXPECT_EQ(tools("public.ecr.aws/docker/library/busybox:1.36"), "strict 1.36 glibc official");
  EXPECT_EQ(tools("mirror.gcr.io/library/busybox"), "strict 1.38 glibc official");
  EXPECT_EQ(tools("registry.example.com:5000/library/busybox:1.30"), "no-status 1.30 ?");
  EXPECT_EQ(tools("registry.example.com:5000/library/busybox"), "unknown 1.0 ?");
  EXPECT_EQ(tools("registry.k8s.io/e2e-test-images/busybox:1.29-4"), "no-search 1.29 ?");
  EXPECT_EQ(tools("k8s.gcr.io/busybox"), "unknown 1.0 ?");
  EXPECT_EQ(tools("registry.k8s.io/busybox:1.27.2"), "libc 1.27 ?");
  EXPECT_EQ(tools("busybox:1.28@sha256:abc"), "libc 1.28 uclibc official");
  EXPECT_EQ(tools("busybox@sha256:abc"), "unknown 1.0 ? official");
  EXPECT_EQ(tools("busybox:{{ .Values.tag }}"), "unknown 1.0 ? official");
  EXPECT_EQ(tools("busybox:${TAG}"), "unknown 1.0 ? official");
  EXPECT_EQ(tools("busybox:nightly"), "unknown 1.0 ? official");
  EXPECT_EQ(tools("yauritux/busybox-curl:latest"), "none");
  EXPECT_EQ(tools("redis:7-alpine"), "none");
  EXPECT_EQ(tools(""), "none");
  EXPECT_EQ(tools("alpine"), "strict 1.38 musl official");
  EXPECT_EQ(tools("alpine:3"), "strict 1.38 musl official");
  EXPECT_EQ(tools("alpine:3.19"), "strict 1.36 musl official");
  EXPECT_EQ(tools("alpine:2.7"), "libc 1.28 musl official");
  EXPECT_EQ(tools("harbor.example.com/base/alpine"), "unknown 1.0 musl");
}

}  // namespace
}  // namespace sts::lint
