#include "kube/api/config/credentials/configured.h"

#include "kube/api/config/credentials/auth_provider.h"
#include "kube/api/config/testing.h"

#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using std::chrono::seconds;
using sts::kube::testing::FakeWorld;
using sts::kube::testing::kCertificate;
using sts::kube::testing::kKey;

class Configured : public ::testing::Test {
 protected:
  std::shared_ptr<Credentials> credentials() {
    auto made = configured_credentials(user, world.surroundings());
    if (!made) ADD_FAILURE() << made.error().message;
    return *made;
  }

  FakeWorld world;
  Kubeconfig::User user;
};

TEST_F(Configured, Nobody) {
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "");
  EXPECT_EQ(it->current()->certificate_pem, "");
  EXPECT_FALSE(*it->refresh_after_unauthorized());
}

TEST_F(Configured, TokenAndPassword) {
  user.token = "t";
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer t");
  EXPECT_FALSE(*it->refresh_after_unauthorized());
  user.token = "";
  user.username = "Aladdin";
  user.password = "open sesame";
  EXPECT_EQ(credentials()->current()->authorization, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  user.username = "";  // a password alone is nobody's
  EXPECT_EQ(credentials()->current()->authorization, "");
}

TEST_F(Configured, ATokenThatIsNone) {
  user.token = "s3cr3t\n";
  EXPECT_EQ(configured_credentials(user, world.surroundings()).error().message,
            "the token holds a line break or another control character; check how it was pasted");
}

TEST_F(Configured, TokenFileIsReadAgain) {
  user.token_file = "/token";
  world.files["/token"] = " one\n";
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  world.files["/token"] = "two";
  world.now += seconds(49);
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  world.now += seconds(1);
  EXPECT_EQ(it->current()->authorization, "Bearer two");
  world.files["/token"] = "";  // while it is written anew
  world.now += seconds(50);
  EXPECT_EQ(it->current()->authorization, "Bearer two");
  world.files["/token"] = "three";
  EXPECT_EQ(it->current()->authorization, "Bearer three");
}

TEST_F(Configured, TokenFileAfterA401) {
  user.token_file = "/token";
  world.files["/token"] = "one";
  const auto it = credentials();
  EXPECT_EQ(it->current()->authorization, "Bearer one");
  EXPECT_FALSE(*it->refresh_after_unauthorized());
  world.files["/token"] = "two";
  EXPECT_TRUE(*it->refresh_after_unauthorized());
  EXPECT_EQ(it->current()->authorization, "Bearer two");
}

TEST_F(Configured, TokenFileThatCannotBeRead) {
  user.token_file = "/token";
  EXPECT_EQ(credentials()->current().error().message,
            "token file /token: No such file or directory");
  world.files["/token"] = "\n";
  EXPECT_EQ(credentials()->current().error().message, "token file /token: the file is empty");
  world.files["/token"] = "s3cr3t\nmore";
  EXPECT_EQ(credentials()->current().error().message,
            "token file /token: this is no token: it holds a line break or another control "
            "character");
  user.token = "spare";
  EXPECT_EQ(credentials()->current()->authorization, "Bearer spare");
  world.files["/token"] = "file";
  EXPECT_EQ(credentials()->current()->authorization, "Bearer file");
}

TEST_F(Configured, CertificateBesideAToken) {
  user.client_certificate_data = kCertificate;
  user.client_key_data = kKey;
  user.token = "t";
  const auto identity = credentials()->current();
  EXPECT_EQ(identity->certificate_pem, kCertificate);
  EXPECT_EQ(identity->key_pem, kKey);
  EXPECT_EQ(identity->authorization, "Bearer t");
}

TEST_F(Configured, CertificateFilesAreReadAgain) {
  user.client_certificate = "/crt";
  user.client_key = "/key";
  world.files = {{"/crt", kCertificate}, {"/key", kKey}};
  const auto it = credentials();
  EXPECT_EQ(it->current()->certificate_pem, kCertificate);
  world.files["/crt"] = "new " + kCertificate;
  world.now += seconds(299);
  EXPECT_EQ(it->current()->certificate_pem, kCertificate);
  world.now += seconds(1);
  EXPECT_EQ(it->current()->certificate_pem, "new " + kCertificate);
  EXPECT_FALSE(*it->refresh_after_unauthorized());
  world.files["/crt"] = kCertificate;
  EXPECT_TRUE(*it->refresh_after_unauthorized());
  world.files.erase("/key");  // while it is replaced, the old one serves
  world.now += seconds(300);
  EXPECT_EQ(it->current()->key_pem, kKey);
}

TEST_F(Configured, CertificatesThatCannotBeUsed) {
  user.client_certificate = "/crt";
  user.client_key = "/key";
  EXPECT_EQ(credentials()->current().error().message,
            "client certificate /crt: No such file or directory");
  world.files["/crt"] = kCertificate;
  world.unreadable["/key"] = "Permission denied";
  EXPECT_EQ(credentials()->current().error().message, "client key /key: Permission denied");
  world.unreadable.clear();
  world.files["/key"] = "s3cr3t";
  EXPECT_EQ(credentials()->current().error().message,
            "client certificate /crt: this and its key must be in PEM format");
  user = {};
  user.client_certificate_data = kCertificate;
  user.client_key_data = "s3cr3t";
  EXPECT_EQ(credentials()->current().error().message,
            "client-certificate-data and client-key-data must hold a certificate and a key in PEM "
            "format");
}

TEST(AuthProvider, Advice) {
  EXPECT_EQ(auth_provider_advice("gcp"),
            "the auth-provider gcp was removed in Kubernetes 1.26; install gke-gcloud-auth-plugin, "
            "then run: gcloud container clusters get-credentials CLUSTER");
  EXPECT_EQ(auth_provider_advice("azure"),
            "the auth-provider azure was removed in Kubernetes 1.26; install kubelogin, then run: "
            "kubelogin convert-kubeconfig");
  EXPECT_EQ(auth_provider_advice("oidc"),
            "the auth-provider oidc is not supported here; use an exec plugin such as kubelogin "
            "(kubectl oidc-login), or give --token");
  EXPECT_EQ(auth_provider_advice("x"),
            "there is no auth-provider \"x\"; use an exec plugin, or give --token");
}

}  // namespace
}  // namespace sts::kube
