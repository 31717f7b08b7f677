#include "kube/api/config/select.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

Kubeconfig two_clusters() {
  Kubeconfig config;
  config.current_context = "prod";
  config.contexts["prod"] = {"east", "admin", "shop"};
  config.contexts["test"] = {"west", "dev", ""};
  config.contexts["dangling"] = {"gone", "gone", ""};
  config.contexts["nobody"] = {"east", "gone", ""};
  config.clusters["east"].server = "https://east";
  config.clusters["east"].tls_server_name = "api.east";
  config.clusters["east"].certificate_authority_data = "CA";
  config.clusters["west"].server = "https://west";
  config.users["admin"].token = "a";
  config.users["dev"].client_certificate_data = "C";
  config.users["dev"].client_key_data = "K";
  return config;
}

Selection choose(const Overrides& flags, const Kubeconfig& config = two_clusters()) {
  auto selection = select(config, flags, "http://localhost:8080");
  if (!selection) {
    ADD_FAILURE() << selection.error().message;
    return {};
  }
  return std::move(*selection);
}

std::string error_of(const Overrides& flags, const Kubeconfig& config = two_clusters()) {
  const auto selection = select(config, flags, "http://localhost:8080");
  return selection ? "no error" : selection.error().message;
}

std::string shown(const Selection& selection) {
  return selection.context_name + "|" + selection.cluster_name + "|" + selection.user_name + "|" +
         selection.cluster.server + "|" + selection.name_space;
}

TEST(Select, ContextClusterUserNamespace) {
  EXPECT_EQ(shown(choose({})), "prod|east|admin|https://east|shop");
  EXPECT_EQ(shown(choose({.context = "test"})), "test|west|dev|https://west|");
  EXPECT_EQ(shown(choose({.cluster = "west"})), "prod|west|admin|https://west|shop");
  EXPECT_EQ(shown(choose({.user = "dev", .name_space = "x"})), "prod|east|dev|https://east|x");
  EXPECT_EQ(shown(choose({.server = "https://other"})), "prod|east|admin|https://other|shop");
  EXPECT_EQ(shown(choose({}, {})), "|||http://localhost:8080|");
}

TEST(Select, WhatDoesNotExist) {
  EXPECT_EQ(error_of({.context = "x"}),
            "context \"x\" does not exist; see: kubectl config get-contexts");
  EXPECT_EQ(error_of({.cluster = "x"}),
            "cluster \"x\" does not exist; see: kubectl config get-clusters");
  EXPECT_EQ(error_of({.user = "x"}), "user \"x\" does not exist; see: kubectl config get-users");
  EXPECT_EQ(error_of({.context = "dangling", .token = "t"}),
            "context \"dangling\" names the cluster \"gone\", which does not exist; see: kubectl "
            "config get-clusters");
  EXPECT_EQ(error_of({.context = "nobody"}),
            "context \"nobody\" names the user \"gone\", which does not exist; see: kubectl config "
            "get-users");
  EXPECT_EQ(shown(choose({.context = "dangling", .server = "https://s", .token = "t"})),
            "dangling|gone|gone|https://s|");
  Kubeconfig config = two_clusters();
  config.current_context = "lost";
  EXPECT_EQ(error_of({}, config),
            "current-context is \"lost\", but there is no such context; see: kubectl config "
            "get-contexts");
}

TEST(Select, FlagsOfTheClusterReplace) {
  EXPECT_EQ(choose({}).cluster.tls_server_name, "api.east");
  EXPECT_EQ(choose({.server = "https://x"}).cluster.tls_server_name, "");
  EXPECT_EQ(choose({.server = "https://x", .tls_server_name = "y"}).cluster.tls_server_name, "y");
  const Selection insecure = choose({.insecure_skip_tls_verify = true});
  EXPECT_TRUE(insecure.cluster.insecure_skip_tls_verify);
  EXPECT_EQ(insecure.cluster.certificate_authority_data, "");
  const Selection other_ca = choose({.certificate_authority = "/ca"});
  EXPECT_EQ(other_ca.cluster.certificate_authority, "/ca");
  EXPECT_EQ(other_ca.cluster.certificate_authority_data, "");
  EXPECT_EQ(choose({.proxy_url = "http://p"}).cluster.proxy_url, "http://p");
  EXPECT_TRUE(choose({.disable_compression = true}).cluster.disable_compression);
}

TEST(Select, FlagsOfTheUserReplace) {
  EXPECT_EQ(choose({.token = "t"}).user.token, "t");
  const Selection certificate =
      choose({.context = "test", .client_certificate = "/c", .client_key = "/k"});
  EXPECT_EQ(certificate.user.client_certificate, "/c");
  EXPECT_EQ(certificate.user.client_certificate_data, "");
  EXPECT_EQ(certificate.user.client_key, "/k");
  EXPECT_EQ(certificate.user.client_key_data, "");
  const Selection other = choose(
      {.as = "root", .as_uid = "0", .as_groups = {"g"}, .as_user_extra = {{"k", {"v", "w"}}}});
  EXPECT_EQ(other.user.as, "root");
  EXPECT_EQ(other.user.as_uid, "0");
  EXPECT_THAT(other.user.as_groups, testing::ElementsAre("g"));
  EXPECT_THAT(other.user.as_user_extra.at("k"), testing::ElementsAre("v", "w"));
}

std::string cluster_error(const std::function<void(Kubeconfig::Cluster&)>& change) {
  Kubeconfig config = two_clusters();
  change(config.clusters["east"]);
  return error_of({}, config);
}

TEST(Select, ClustersThatContradictThemselves) {
  EXPECT_EQ(
      cluster_error([](auto& c) { c.insecure_skip_tls_verify = true; }),
      "cluster \"east\": a certificate authority and insecure-skip-tls-verify are both given; "
      "keep one");
  EXPECT_EQ(
      cluster_error([](auto& c) { c.certificate_authority = "/ca"; }),
      "cluster \"east\": certificate-authority and certificate-authority-data are both given; "
      "keep one");
  for (const char* proxy : {"ftp://p", "p:3128", "socks5h://p", "http://"}) {
    EXPECT_EQ(cluster_error([&](auto& c) { c.proxy_url = proxy; }),
              "cluster \"east\": proxy-url must be a URL that begins with http://, https:// or "
              "socks5://");
  }
}

std::string user_error(const std::function<void(Kubeconfig::User&)>& change) {
  Kubeconfig config = two_clusters();
  config.users["admin"] = {};
  change(config.users["admin"]);
  return error_of({}, config);
}

TEST(Select, UsersThatContradictThemselves) {
  EXPECT_EQ(user_error([](auto& u) { u.token = u.username = "x"; }),
            "user \"admin\": a token and a username or password are both given; keep one");
  EXPECT_EQ(
      user_error([](auto& u) { u.client_certificate = u.client_certificate_data = "x"; }),
      "user \"admin\": client-certificate and client-certificate-data are both given; keep one");
  EXPECT_EQ(
      user_error([](auto& u) { u.client_certificate = u.client_key = u.client_key_data = "x"; }),
      "user \"admin\": client-key and client-key-data are both given; keep one");
  EXPECT_EQ(user_error([](auto& u) { u.client_certificate = "x"; }),
            "user \"admin\": a client certificate is given, but no client-key or client-key-data");
  EXPECT_EQ(user_error([](auto& u) { u.client_key = "x"; }), "no error");
  EXPECT_EQ(user_error([](auto& u) { u.as_groups = {"g"}; }),
            "user \"admin\": a uid, groups or extra are to be impersonated, but no user; add --as");
}

std::string exec_error(const std::function<void(Kubeconfig::User&)>& change) {
  return user_error([&](Kubeconfig::User& user) {
    user.exec =
        Kubeconfig::Exec{"login", {}, {}, "client.authentication.k8s.io/v1", "", false, "Never"};
    change(user);
  });
}

TEST(Select, ExecPluginsThatCannotBeRun) {
  EXPECT_EQ(exec_error([](auto&) {}), "no error");
  EXPECT_EQ(exec_error([](auto& u) { u.auth_provider = "oidc"; }),
            "user \"admin\": exec and auth-provider are both given; keep one");
  EXPECT_EQ(exec_error([](auto& u) { u.exec->command = ""; }),
            "user \"admin\": exec needs a command");
  EXPECT_EQ(exec_error([](auto& u) { u.exec->api_version = ""; }),
            "user \"admin\": exec needs an apiVersion, such as client.authentication.k8s.io/v1");
  EXPECT_EQ(
      exec_error([](auto& u) { u.exec->api_version = "client.authentication.k8s.io/v1alpha1"; }),
      "user \"admin\": exec.apiVersion must be client.authentication.k8s.io/v1 or "
      "client.authentication.k8s.io/v1beta1; newer versions of most plugins have these");
  EXPECT_EQ(exec_error([](auto& u) {
              u.exec->env = {{"", "x"}};
            }),
            "user \"admin\": an item of exec.env has no name");
  EXPECT_EQ(exec_error([](auto& u) { u.exec->interactive_mode = ""; }),
            "user \"admin\": exec needs an interactiveMode: Never, IfAvailable or Always");
  EXPECT_EQ(exec_error([](auto& u) { u.exec->interactive_mode = "never"; }),
            "user \"admin\": exec.interactiveMode must be Never, IfAvailable or Always");
}

}  // namespace
}  // namespace sts::kube
