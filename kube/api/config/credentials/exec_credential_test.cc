#include "kube/api/config/credentials/exec_credential.h"

#include "kube/api/config/testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sts::kube {
namespace {

using sts::kube::testing::kCertificate;
using sts::kube::testing::kKey;

const std::string kVersion = "client.authentication.k8s.io/v1";

std::string credential(const std::string& status) {
  return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" +
         status + "}";
}

std::string in_json(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) c == '\n' ? result += "\\n" : result += c;
  return result + "\"";
}

std::string error_of(const std::string& output) {
  const auto read = read_exec_credential(output, kVersion);
  return read ? "no error" : read.error().message;
}

TEST(ExecCredential, WhatThePluginIsTold) {
  EXPECT_EQ(exec_info(kVersion, false, {}),
            R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",)"
            R"("spec":{"interactive":false}})");
  EXPECT_EQ(exec_info("v", true, ExecCluster{"https://s", "", false, "", "", false, ""}),
            R"({"apiVersion":"v","kind":"ExecCredential","spec":{"cluster":{"config":null,)"
            R"("server":"https://s"},"interactive":true}})");
  EXPECT_EQ(exec_info("v", true,
                      ExecCluster{"https://s", "n", true, "CA", "http://p", true, R"({"a":1})"}),
            R"({"apiVersion":"v","kind":"ExecCredential","spec":{"cluster":{)"
            R"("certificate-authority-data":"Q0E=","config":{"a":1},"disable-compression":true,)"
            R"("insecure-skip-tls-verify":true,"proxy-url":"http://p","server":"https://s",)"
            R"("tls-server-name":"n"},"interactive":true}})");
}

TEST(ExecCredential, Token) {
  const auto read = read_exec_credential(
      credential(R"({"token":"t","expirationTimestamp":"1970-01-01T00:01:00Z"})"), kVersion);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->token, "t");
  EXPECT_EQ(read->expires->time_since_epoch().count(), 60);
  const auto yaml = read_exec_credential(
      "kind: ExecCredential\napiVersion: " + kVersion + "\nstatus: {token: t}\n", kVersion);
  ASSERT_TRUE(yaml) << yaml.error().message;
  EXPECT_EQ(yaml->token, "t");
  EXPECT_EQ(yaml->expires, std::nullopt);
  for (const char* never : {"null", "\"0001-01-01T00:00:00Z\""}) {
    EXPECT_EQ(read_exec_credential(
                  credential(R"({"token":"t","expirationTimestamp":)" + std::string(never) + "}"),
                  kVersion)
                  ->expires,
              std::nullopt);
  }
}

TEST(ExecCredential, CertificateAndKey) {
  const auto read =
      read_exec_credential(credential("{\"clientCertificateData\":" + in_json(kCertificate) +
                                      ",\"clientKeyData\":" + in_json(kKey) + "}"),
                           kVersion);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->token, "");
  EXPECT_EQ(read->certificate_pem, kCertificate);
  EXPECT_EQ(read->key_pem, kKey);
}

TEST(ExecCredential, WhatIsWrongWithIt) {
  const std::string none = "its output is not an ExecCredential, neither as JSON nor as YAML";
  EXPECT_EQ(error_of(""), "it printed nothing");
  EXPECT_EQ(error_of(" \n"), "it printed nothing");
  EXPECT_EQ(error_of("s3cr3t"), none);
  EXPECT_EQ(error_of("{\"status\":{\"token\":\"s3cr3t\"}"), none);
  EXPECT_EQ(error_of("Login at https://x?s3cr3t\n" + credential("{}")), none);
  EXPECT_EQ(error_of(std::string(1 << 20, '[')), none);
  EXPECT_EQ(error_of(std::string(1000, '\0')), none);
  EXPECT_EQ(error_of("[]"), none);
  EXPECT_EQ(error_of("{}"), "its output is not an ExecCredential: kind must be ExecCredential");
  EXPECT_EQ(error_of("{\"kind\":\"s3cr3t\"}"),
            "its output is not an ExecCredential: kind must be ExecCredential");
  EXPECT_EQ(
      error_of("{\"kind\":\"ExecCredential\"}"),
      "it returned no apiVersion, but the kubeconfig asks for client.authentication.k8s.io/v1");
  EXPECT_EQ(error_of("{\"kind\":\"ExecCredential\",\"apiVersion\":\"s3cr3t\"}"),
            "it returned another apiVersion, but the kubeconfig asks for "
            "client.authentication.k8s.io/v1");
  EXPECT_EQ(error_of("kind: ExecCredential\napiVersion: client.authentication.k8s.io/v1beta1\n"),
            "it returned client.authentication.k8s.io/v1beta1, but the kubeconfig asks for "
            "client.authentication.k8s.io/v1");
  EXPECT_EQ(error_of(credential("null")), "its ExecCredential has no status");
  EXPECT_EQ(error_of(credential("[]")), "its output:1:82: status is a list, but must be a mapping");
  EXPECT_EQ(error_of(credential("{}")),
            "its status holds neither a token nor a certificate and key");
  EXPECT_EQ(error_of(credential("{\"token\":5}")),
            "its output:1:91: token is a number, but must be a text; put it in quotes");
  EXPECT_EQ(error_of(credential("{\"token\":\"s3cr3t\\nx\"}")),
            "its status.token holds a line break or another control character");
  EXPECT_EQ(error_of(credential("{\"token\":\"t\",\"expirationTimestamp\":\"s3cr3t\"}")),
            "its status.expirationTimestamp is no time such as 2026-01-31T12:00:00Z");
  EXPECT_EQ(error_of(credential("{\"clientCertificateData\":\"x\"}")),
            "its status holds a certificate, but no clientKeyData");
  EXPECT_EQ(error_of(credential("{\"token\":\"t\",\"clientKeyData\":\"x\"}")),
            "its status holds a key, but no clientCertificateData");
  EXPECT_EQ(error_of(credential("{\"clientCertificateData\":\"x\",\"clientKeyData\":\"s3cr3t\"}")),
            "its certificate and key are not in PEM format");
}

}  // namespace
}  // namespace sts::kube
