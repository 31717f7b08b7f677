#include "kube/api/config/kubeconfig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using testing::ElementsAre;
using testing::Pair;

Kubeconfig parse(const std::string& text) {
  auto config = parse_kubeconfig("config", text, "/home/me/.kube");
  if (!config) {
    ADD_FAILURE() << config.error().message;
    return {};
  }
  return std::move(*config);
}

std::string error_of(const std::string& text) {
  const auto config = parse_kubeconfig("config", text, "/home/me/.kube");
  return config ? "no error" : config.error().message;
}

TEST(Kubeconfig, EveryField) {
  const Kubeconfig config = parse(R"(
apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: one
  cluster:
    server: https://one:6443
    tls-server-name: api.one
    insecure-skip-tls-verify: true
    certificate-authority: pki/ca.crt
    certificate-authority-data: Q0E=
    proxy-url: socks5://proxy:1080
    disable-compression: yes
    extensions:
    - name: other
      extension: {a: 1}
    - name: client.authentication.k8s.io/exec
      extension: {b: [1, x, null, true, 1.5], a: {}}
users:
- name: me
  user:
    client-certificate: ../me.crt
    client-certificate-data: Q0VSVA==
    client-key: /etc/me.key
    client-key-data: S0VZ
    token: "secret"
    tokenFile: token
    as: other
    as-uid: "7"
    as-groups: [a, b]
    as-user-extra: {reason: [this, that]}
    username: u
    password: p
    auth-provider: {name: oidc, config: {client-id: x}}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./bin/login
      args: [--cluster, one]
      env: [{name: A, value: "1"}, {name: B, value: ""}]
      installHint: brew install login
      provideClusterInfo: true
      interactiveMode: Never
contexts:
- name: prod
  context: {cluster: one, user: me, namespace: shop}
)");
  EXPECT_EQ(config.current_context, "prod");
  const auto& cluster = config.clusters.at("one");
  EXPECT_EQ(cluster.server, "https://one:6443");
  EXPECT_EQ(cluster.tls_server_name, "api.one");
  EXPECT_TRUE(cluster.insecure_skip_tls_verify);
  EXPECT_EQ(cluster.certificate_authority, "/home/me/.kube/pki/ca.crt");
  EXPECT_EQ(cluster.certificate_authority_data, "CA");
  EXPECT_EQ(cluster.proxy_url, "socks5://proxy:1080");
  EXPECT_TRUE(cluster.disable_compression);
  EXPECT_EQ(cluster.exec_extension, R"({"a":{},"b":[1,"x",null,true,1.5]})");
  const auto& user = config.users.at("me");
  EXPECT_EQ(user.client_certificate, "/home/me/me.crt");
  EXPECT_EQ(user.client_certificate_data, "CERT");
  EXPECT_EQ(user.client_key, "/etc/me.key");
  EXPECT_EQ(user.client_key_data, "KEY");
  EXPECT_EQ(user.token, "secret");
  EXPECT_EQ(user.token_file, "/home/me/.kube/token");
  EXPECT_EQ(user.as, "other");
  EXPECT_EQ(user.as_uid, "7");
  EXPECT_THAT(user.as_groups, ElementsAre("a", "b"));
  EXPECT_THAT(user.as_user_extra, ElementsAre(Pair("reason", ElementsAre("this", "that"))));
  EXPECT_EQ(user.username, "u");
  EXPECT_EQ(user.password, "p");
  EXPECT_EQ(user.auth_provider, "oidc");
  const auto& exec = config.users.at("plugin").exec;
  ASSERT_TRUE(exec);
  EXPECT_EQ(exec->command, "/home/me/.kube/bin/login");
  EXPECT_THAT(exec->args, ElementsAre("--cluster", "one"));
  EXPECT_THAT(exec->env, ElementsAre(Pair("A", "1"), Pair("B", "")));
  EXPECT_EQ(exec->install_hint, "brew install login");
  EXPECT_TRUE(exec->provide_cluster_info);
  EXPECT_EQ(exec->interactive_mode, "Never");
  const auto& context = config.contexts.at("prod");
  EXPECT_EQ(context.cluster, "one");
  EXPECT_EQ(context.user, "me");
  EXPECT_EQ(context.name_space, "shop");
}

TEST(Kubeconfig, JsonAliasesAndDefaults) {
  EXPECT_EQ(parse(R"({"current-context":"a","clusters":[{"name":"c","cluster":{"server":"s"}}]})")
                .clusters.at("c")
                .server,
            "s");
  const Kubeconfig config = parse(R"(
users:
- &a
  name: a
  user: {exec: {command: login, apiVersion: client.authentication.k8s.io/v1beta1}}
- {<<: *a, name: b}
- name: none
)");
  EXPECT_EQ(config.users.at("b").exec->command, "login");  // for the PATH: no path
  EXPECT_EQ(config.users.at("b").exec->interactive_mode, "IfAvailable");
  EXPECT_FALSE(config.users.at("none").exec);
}

// What kubectl takes for an empty configuration, and what it does not look at.
TEST(Kubeconfig, NothingAndMore) {
  for (const char* text : {"", "\n", "# nothing\n", "---\n", "null\n", "{}",
                           "clusters:\nusers: null\n", "unknown: {a: [1]}\n", "kind: Config\n"}) {
    EXPECT_TRUE(parse(text).clusters.empty()) << text;
  }
  EXPECT_EQ(parse("current-context: a\n---\ncurrent-context: b\n").current_context, "a");
  EXPECT_EQ(parse("current-context: a\n---\n[broken\n").current_context, "a");
  EXPECT_EQ(parse("current-context: a\ncurrent-context: b\n").current_context, "b");
}

TEST(Kubeconfig, WrongTypes) {
  const std::pair<const char*, const char*> cases[] = {
      {"- a\n", "config:1:1: a kubeconfig is a list, but must be a mapping"},
      {"text\n", "config:1:1: a kubeconfig is a text, but must be a mapping"},
      {"apiVersion: v2\n", "config:1:13: apiVersion must be v1"},
      {"kind: Pod\n", "config:1:7: kind must be Config; this is no kubeconfig"},
      {"clusters: {a: 1}\n", "config:1:11: clusters is a mapping, but must be a list"},
      {"users: [a]\n", "config:1:9: an item of users is a text, but must be a mapping"},
      {"users:\n- name: a\n  user: {token: 12345678}\n",
       "config:3:17: token is a number, but must be a text; put it in quotes"},
      {"users:\n- name: a\n  user: {password: [x]}\n",
       "config:3:20: password is a list, but must be a text"},
      {"users:\n- name: a\n  user: {as-groups: [yes]}\n",
       "config:3:22: an item of as-groups is true or false, but must be a text; put it in quotes"},
      {"clusters:\n- name: a\n  cluster: {insecure-skip-tls-verify: \"true\"}\n",
       "config:3:39: insecure-skip-tls-verify is a text, but must be true or false; write it "
       "without quotes"},
      {"users:\n- name: a\n  user: {client-key-data: 'c2Vj cmV0'}\n",
       "config:3:27: client-key-data is not valid base64; encode the file with: base64 -w0 FILE"},
      {"users:\n- name: a\n- name: b\n- name: a\n",
       "config:4:3: the name \"a\" occurs twice in users; rename or remove one"},
  };
  for (const auto& [text, error] : cases) EXPECT_EQ(error_of(text), error) << text;
}

// The known hazards of YAML parsers, and that nothing of the text shows in a message.
TEST(Kubeconfig, BrokenText) {
  const std::string generic =
      "this is not valid YAML (the text may be secret and is not shown); compare the quotes and "
      "the "
      "indentation with the lines above";
  EXPECT_EQ(
      error_of(","),
      "config:1:1: \",\" stands where a value is expected; remove it, or put it in quotes if it "
      "is text");
  EXPECT_EQ(error_of("a: \"s3cr3t\nb: 1\n"),
            "config:1:4: this quote is never closed; close it with \"");
  EXPECT_EQ(error_of("users:\n- name: a\n  user:\n    token:s3cr3t\n    as: x\n"),
            "config:4:5: " + generic);
  EXPECT_EQ(error_of("users:\n\t- name: a\n"),
            "config:2:1: a tab indents this line; YAML allows only spaces; replace the tab with "
            "spaces");
  EXPECT_EQ(error_of("token: {{ .Values.token }}\n"),
            "config:1:8: this is an unrendered template; render it");
  EXPECT_EQ(error_of(std::string("a: s3cr3t\0\n", 11)),
            "config:1:10: a NUL byte: this is a binary file, not YAML or JSON; leave the file out");
  EXPECT_THAT(error_of(std::string(100'000, '[')), testing::StartsWith("config:1:"));
  for (const char* text :
       {"users: [{user: {token: s3cr3t}]", "a: \"\\s3cr3t\"\n", "a: 's3cr3t' x\n",
        "{\"a\": s3cr3t}", "{\"a\": \"s3cr3t}", "- s3cr3t\nb: 1\n"}) {
    EXPECT_THAT(error_of(text), testing::Not(testing::HasSubstr("s3c"))) << text;
  }
}

TEST(Kubeconfig, TheFirstOfTwoEntriesCounts) {
  Kubeconfig merged = parse(R"(
users: [{name: a, user: {token: first}}]
clusters: [{name: c, cluster: {server: "https://one"}}]
)");
  merge_kubeconfig(merged, parse(R"(
current-context: x
users: [{name: a, user: {token: second, as: someone}}, {name: b, user: {token: b}}]
)"));
  merge_kubeconfig(merged, parse("current-context: z\n"));
  EXPECT_EQ(merged.current_context, "x");
  EXPECT_EQ(merged.users.at("a").token, "first");
  EXPECT_EQ(merged.users.at("a").as, "");
  EXPECT_EQ(merged.users.at("b").token, "b");
  EXPECT_EQ(merged.clusters.at("c").server, "https://one");
}

}  // namespace
}  // namespace sts::kube
