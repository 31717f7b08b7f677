#include "cmd/connection_flags.h"

#include "cmd/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::cmd {
namespace {

using testing::ElementsAre;
using testing::Pair;

struct Parsed {
  kube::Overrides overrides;
  std::string error;
  std::vector<std::string> arguments;
};

Parsed parse(std::vector<std::string> arguments) {
  Parsed parsed;
  ConnectionFlags connection;
  CommandFlags flags;
  bool watch = false;
  flags.flag("-w,--watch", watch, "");
  flags.arguments("STS", parsed.arguments);
  connection.add_to(flags);
  if (auto wrong = flags.parse(std::move(arguments))) {
    parsed.error = *wrong;
    return parsed;
  }
  auto overrides = connection.overrides();
  if (!overrides) {
    parsed.error = overrides.error().message;
  } else {
    parsed.overrides = std::move(*overrides);
  }
  return parsed;
}

TEST(ConnectionFlags, All) {
  const kube::Overrides overrides = parse({"db",
                                           "--kubeconfig",
                                           "k",
                                           "--context=c",
                                           "--cluster",
                                           "cl",
                                           "--user",
                                           "u",
                                           "--namespace",
                                           "n",
                                           "--server",
                                           "s",
                                           "--token",
                                           "t",
                                           "--username",
                                           "un",
                                           "--password",
                                           "pw",
                                           "--as",
                                           "a",
                                           "--as-group",
                                           "g1",
                                           "--as-group=g2",
                                           "--as-uid",
                                           "7",
                                           "--as-user-extra",
                                           "k=v",
                                           "--as-user-extra",
                                           "l=x=y",
                                           "--as-user-extra",
                                           "k=",
                                           "--certificate-authority",
                                           "ca",
                                           "--client-certificate",
                                           "cc",
                                           "--client-key",
                                           "ck",
                                           "--insecure-skip-tls-verify",
                                           "--tls-server-name",
                                           "tn",
                                           "--proxy-url",
                                           "p",
                                           "--disable-compression",
                                           "--request-timeout",
                                           "5s",
                                           "--cache-dir",
                                           "/x"})
                                        .overrides;
  EXPECT_EQ(overrides.kubeconfig, "k");
  EXPECT_EQ(overrides.context, "c");
  EXPECT_EQ(overrides.cluster, "cl");
  EXPECT_EQ(overrides.user, "u");
  EXPECT_EQ(overrides.name_space, "n");
  EXPECT_EQ(overrides.server, "s");
  EXPECT_EQ(overrides.token, "t");
  EXPECT_EQ(overrides.username, "un");
  EXPECT_EQ(overrides.password, "pw");
  EXPECT_EQ(overrides.as, "a");
  EXPECT_EQ(overrides.as_uid, "7");
  EXPECT_THAT(overrides.as_groups, ElementsAre("g1", "g2"));
  EXPECT_THAT(overrides.as_user_extra,
              ElementsAre(Pair("k", ElementsAre("v", "")), Pair("l", ElementsAre("x=y"))));
  EXPECT_EQ(overrides.certificate_authority, "ca");
  EXPECT_EQ(overrides.client_certificate, "cc");
  EXPECT_EQ(overrides.client_key, "ck");
  EXPECT_TRUE(overrides.insecure_skip_tls_verify);
  EXPECT_EQ(overrides.tls_server_name, "tn");
  EXPECT_EQ(overrides.proxy_url, "p");
  EXPECT_TRUE(overrides.disable_compression);
  EXPECT_EQ(overrides.request_timeout, "5s");
}

// pflag's spellings.
TEST(ConnectionFlags, Spellings) {
  for (const auto& spelling : std::vector<std::vector<std::string>>{{"-n", "foo"},
                                                                    {"-nfoo"},
                                                                    {"-n=foo"},
                                                                    {"-wn=foo"},
                                                                    {"-wnfoo"},
                                                                    {"-w", "-n", "foo"},
                                                                    {"--namespace=foo"},
                                                                    {"db", "-n", "foo"},
                                                                    {"-n", "x", "-n=foo"}}) {
    const Parsed parsed = parse(spelling);
    EXPECT_EQ(parsed.error, "") << spelling.front();
    EXPECT_EQ(parsed.overrides.name_space, "foo") << spelling.front();
  }
  EXPECT_EQ(parse({"-s=https://h"}).overrides.server, "https://h");
  EXPECT_EQ(parse({"-n", "a=b"}).overrides.name_space, "a=b");
  EXPECT_EQ(parse({"--token", "a=b=="}).overrides.token, "a=b==");
  EXPECT_THAT(parse({"--", "-n=foo"}).arguments, ElementsAre("-n=foo"));
  EXPECT_FALSE(parse({"--insecure-skip-tls-verify=false"}).overrides.insecure_skip_tls_verify);
  EXPECT_TRUE(parse({"--insecure-skip-tls-verify=true"}).overrides.insecure_skip_tls_verify);
}

TEST(ConnectionFlags, Errors) {
  EXPECT_EQ(parse({"-n="}).error, "flag needs an argument: -n");
  EXPECT_EQ(parse({"--token=", "db"}).error, "flag needs an argument: --token");
  EXPECT_EQ(parse({"--context"}).error, "flag needs an argument: --context");
  EXPECT_EQ(parse({"--as-groups", "g"}).error,
            "unknown flag: --as-groups; did you mean --as-group?");
  EXPECT_EQ(parse({"--as-user-extra", "k"}).error, "--as-user-extra is KEY=VALUE");
  EXPECT_EQ(
      parse({"--request-timeout", "5 minutes"}).error,
      "--request-timeout is a number of seconds, or a duration such as 500ms, 30s or 1m30s; 0 "
      "for none");
  EXPECT_EQ(parse({"--disable-compression=maybe"}).error,
            "--disable-compression is a switch: give it no value, or =true or =false");
}

TEST(ConnectionFlags, HaveAHeadingOfTheirOwn) {
  CommandFlags flags;
  ConnectionFlags connection;
  connection.add_to(flags);
  bool all = false;
  flags.flag("-A,--all", all, "all of them");
  EXPECT_EQ(flags.help_of(ConnectionFlags::kHeading).size(), 22U);
  const auto own = flags.help_of();
  ASSERT_EQ(own.size(), 2U);  // with --help
  EXPECT_EQ(own[1].long_name, "--all");
}

}  // namespace
}  // namespace sts::cmd
