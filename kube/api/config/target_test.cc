#include "kube/api/config/target.h"

#include "kube/api/config/testing.h"
#include "kube/base64.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using sts::kube::testing::FakeWorld;
using sts::kube::testing::kCertificate;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/";

std::string config(const std::string& cluster, const std::string& user = "{}") {
  return "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n"
         "clusters: [{name: c, cluster: " +
         cluster + "}]\nusers: [{name: u, user: " + user + "}]\n";
}

class FindTarget : public ::testing::Test {
 protected:
  Target find(const Overrides& flags = {}) {
    auto target = find_target(flags, world.surroundings());
    if (!target) {
      ADD_FAILURE() << target.error().message;
      return {};
    }
    return std::move(*target);
  }

  std::string error_of(const Overrides& flags = {}) {
    const auto target = find_target(flags, world.surroundings());
    return target ? "no error" : target.error().message;
  }

  void put(const std::string& text) { world.files["/home/me/.kube/config"] = text; }

  void enter_pod() {
    world.environment["KUBERNETES_SERVICE_HOST"] = "10.96.0.1";
    world.environment["KUBERNETES_SERVICE_PORT"] = "443";
    world.files[kServiceAccount + "token"] = "pod-token\n";
    world.files[kServiceAccount + "ca.crt"] = kCertificate;
    world.files[kServiceAccount + "namespace"] = "shop\n";
  }

  FakeWorld world;
};

TEST_F(FindTarget, WhichFilesAreRead) {
  put(config("{server: \"https://home\"}"));
  EXPECT_EQ(find().connection.server, "https://home");
  world.files["/a"] = "clusters: [{name: c, cluster: {server: \"https://a\"}}]\n";
  world.files["/work/dir/b"] = config("{server: \"https://b\"}");
  world.environment["KUBECONFIG"] = ":/a:/missing:b:/a:";
  EXPECT_EQ(find().connection.server, "https://a");
  EXPECT_EQ(find({.kubeconfig = "b"}).connection.server, "https://b");
  EXPECT_EQ(error_of({.kubeconfig = "/missing"}),
            "--kubeconfig /missing: No such file or directory");
  world.unreadable["/a"] = "Permission denied";
  EXPECT_EQ(error_of(), "kubeconfig /a: Permission denied");
  world.unreadable.clear();
  world.files["/a"] = "users: 5\n";
  EXPECT_EQ(error_of(), "/a:1:8: users is a number, but must be a list");
}

TEST_F(FindTarget, NothingConfigured) {
  const Target target = find();
  EXPECT_EQ(target.connection.server, "http://localhost:8080");
  EXPECT_EQ(target.name_space, "default");
  EXPECT_EQ(target.context, "");
  EXPECT_THAT(target.notes, ElementsAre("no cluster is configured in /home/me/.kube/config; trying "
                                        "http://localhost:8080, as kubectl does"));
  world.environment["KUBERNETES_MASTER"] = "https://master";
  EXPECT_EQ(find().connection.server, "https://master");
  EXPECT_EQ(find({.server = "https://flag"}).connection.server, "https://flag");
}

TEST_F(FindTarget, ServersAsTheyAreWritten) {
  const auto server = [this](const std::string& text) {
    put(config("{server: \"" + text + "\"}"));
    return find({.token = "t"}).connection.server;
  };
  EXPECT_EQ(server("https://h:6443/"), "https://h:6443");
  EXPECT_EQ(server("HTTPS://h/k8s//clusters/c-1/?a=b#c"), "https://h/k8s/clusters/c-1");
  EXPECT_EQ(server("https://[::1]:6443"), "https://[::1]:6443");
  EXPECT_EQ(server("h:6443"), "http://h:6443");
  EXPECT_EQ(server("10.0.0.1"), "http://10.0.0.1");
  EXPECT_EQ(server("h/"), "http://h");
  put(config("{server: \"h/prefix\"}"));
  EXPECT_EQ(error_of(),
            "cluster \"c\": the server must be a URL such as https://host:6443; this is none: "
            "\"h/prefix\"");
  put(config("{server: \"https://me:s3cr3t@\"}"));
  EXPECT_EQ(error_of(), "cluster \"c\": the server must be a URL such as https://host:6443");
  put(config("{server: \"ftp://h\"}"));
  EXPECT_EQ(error_of(),
            "cluster \"c\": the server's URL must begin with https:// or http://, not ftp://");
}

// The user of a URL is sent as Go does it, and never shown with the server.
TEST_F(FindTarget, UserInTheServersUrl) {
  put(config("{server: \"https://me:p%40ss@h/x\"}"));
  EXPECT_EQ(find().connection.server, "https://h/x");
  EXPECT_EQ(find().connection.credentials->current()->authorization,
            "Basic " + to_base64("me:p@ss"));
  EXPECT_EQ(find({.token = "t"}).connection.credentials->current()->authorization, "Bearer t");
  put(config("{server: \"http://me:x@h\"}", "{token: t}"));
  EXPECT_EQ(find().connection.credentials->current()->authorization, "Basic " + to_base64("me:x"));
}

TEST_F(FindTarget, Trust) {
  put(config("{server: \"https://h\", tls-server-name: name, certificate-authority: ca.crt}"));
  EXPECT_EQ(
      error_of(),
      "cluster \"c\": certificate-authority /home/me/.kube/ca.crt: No such file or directory");
  world.files["/home/me/.kube/ca.crt"] = "text";
  EXPECT_EQ(
      error_of(),
      "cluster \"c\": certificate-authority /home/me/.kube/ca.crt holds no certificate in PEM "
      "format");
  world.files["/home/me/.kube/ca.crt"] = kCertificate;
  EXPECT_EQ(find().connection.ca_pem, kCertificate);
  EXPECT_EQ(find().connection.tls_server_name, "name");
  world.files["/work/dir/other"] = "other " + kCertificate;
  EXPECT_EQ(find({.certificate_authority = "other"}).connection.ca_pem, "other " + kCertificate);
  EXPECT_EQ(find({.insecure_skip_tls_verify = true}).connection.ca_pem, "");
  EXPECT_TRUE(find({.insecure_skip_tls_verify = true}).connection.insecure_skip_tls_verify);
  put(config("{server: \"https://h\", certificate-authority-data: eA==}"));
  EXPECT_EQ(error_of(),
            "cluster \"c\": certificate-authority-data holds no certificate in PEM format");
}

TEST_F(FindTarget, NothingSecretGoesToHttp) {
  put(config("{server: \"http://h\", certificate-authority-data: eA==}",
             "{token: t, as: other, client-certificate-data: eA==, client-key-data: eA==}"));
  const Target target = find({.as_groups = {"g"}});
  EXPECT_EQ(target.connection.credentials->current()->authorization, "");
  EXPECT_EQ(target.connection.credentials->current()->key_pem, "");
  EXPECT_EQ(target.connection.ca_pem, "");
  EXPECT_EQ(target.connection.impersonate.user, "other");
  EXPECT_THAT(target.connection.impersonate.groups, ElementsAre("g"));
  EXPECT_THAT(target.notes, IsEmpty());
}

TEST_F(FindTarget, Anonymous) {
  put(config("{server: \"https://h\"}"));
  EXPECT_THAT(find().notes,
              ElementsAre("no credentials are configured, so requests are anonymous"));
}

TEST_F(FindTarget, Proxies) {
  world.environment["HTTPS_PROXY"] = "proxy:3128";
  world.environment["NO_PROXY"] = ".internal";
  put(config("{server: \"https://h\"}", "{token: t}"));
  EXPECT_EQ(find().connection.proxy_url, "http://proxy:3128");
  EXPECT_EQ(find({.server = "https://h.internal"}).connection.proxy_url, "");
  put(config("{server: \"https://h.internal\", proxy-url: \"socks5://p\"}", "{token: t}"));
  EXPECT_EQ(find().connection.proxy_url, "socks5h://p");
  EXPECT_EQ(find({.proxy_url = "http://flag"}).connection.proxy_url, "http://flag");
}

TEST_F(FindTarget, NamespaceAndTimeout) {
  put("current-context: x\ncontexts: [{name: x, context: {namespace: mine}}]\n");
  EXPECT_EQ(find().name_space, "mine");
  EXPECT_EQ(find({.name_space = "flag"}).name_space, "flag");
  EXPECT_EQ(find({.request_timeout = "5s"}).request_timeout, std::chrono::seconds(5));
  EXPECT_EQ(
      error_of({.request_timeout = "soon"}),
      "--request-timeout is a number of seconds, or a duration such as 500ms, 30s or 1m30s; 0 "
      "for none");
}

TEST_F(FindTarget, PluginsAreNotRunWhereSomethingElseIdentifies) {
  world.programs = {"/usr/bin/login"};
  world.outcomes = {{ProcessEnd::kExited, 0,
                     R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
                     R"("status":{"token":"plugin"}})"}};
  put(config("{server: \"https://h\", proxy-url: \"http://p\"}",
             "{exec: {command: login, apiVersion: client.authentication.k8s.io/v1, "
             "interactiveMode: Never, provideClusterInfo: true}}"));
  const Target target = find();
  EXPECT_THAT(world.ran, IsEmpty());  // only when it is needed
  EXPECT_EQ(target.connection.credentials->current()->authorization, "Bearer plugin");
  EXPECT_THAT(world.ran[0].environment,
              ::testing::Contains(::testing::HasSubstr(
                  R"("cluster":{"config":null,"proxy-url":"http://p","server":"https://h"})")));
  EXPECT_EQ(find({.token = "t"}).connection.credentials->current()->authorization, "Bearer t");
  EXPECT_EQ(world.ran.size(), 1);
}

TEST_F(FindTarget, AuthProviders) {
  put(config("{server: \"https://h\"}", "{auth-provider: {name: x}}"));
  EXPECT_EQ(error_of(),
            "user \"u\": there is no auth-provider \"x\"; use an exec plugin, or give --token");
  EXPECT_EQ(error_of({.token = "t"}),
            "user \"u\": there is no auth-provider \"x\"; use an exec plugin, or give --token");
  put(config("{server: \"https://h\"}", "{auth-provider: {name: oidc}}"));
  EXPECT_EQ(find({.token = "t"}).connection.credentials->current()->authorization, "Bearer t");
}

TEST_F(FindTarget, InAPod) {
  enter_pod();
  const Target target = find();
  EXPECT_EQ(target.connection.server, "https://10.96.0.1:443");
  EXPECT_EQ(target.connection.ca_pem, kCertificate);
  EXPECT_EQ(target.connection.credentials->current()->authorization, "Bearer pod-token");
  EXPECT_EQ(target.name_space, "shop");
  EXPECT_THAT(target.notes, IsEmpty());
  world.environment["POD_NAMESPACE"] = "downward";
  EXPECT_EQ(find().name_space, "downward");
  EXPECT_EQ(find({.name_space = "flag"}).name_space, "flag");
  EXPECT_EQ(find({.token = "t"}).connection.credentials->current()->authorization, "Bearer t");
  world.environment["KUBERNETES_SERVICE_HOST"] = "fd00::1";
  EXPECT_EQ(find().connection.server, "https://[fd00::1]:443");
  world.files.erase(kServiceAccount + "ca.crt");
  EXPECT_EQ(find().connection.ca_pem, "");
}

TEST_F(FindTarget, InAPodWithAKubeconfig) {
  enter_pod();
  put(config("{server: \"https://h\"}", "{token: t}"));
  EXPECT_EQ(find().connection.server, "https://h");
  EXPECT_EQ(find().name_space, "shop");  // none is configured, so the pod's own
  EXPECT_EQ(find({.server = "https://flag"}).connection.server, "https://flag");
  world.files.erase(kServiceAccount + "token");
  EXPECT_EQ(find().name_space, "default");
}

}  // namespace
}  // namespace sts::kube
