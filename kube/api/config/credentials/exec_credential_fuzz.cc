#include "kube/api/config/credentials/authorization.h"
#include "kube/api/config/credentials/exec_credential.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

// Whatever a plugin prints: it is a whole credential, or one short complaint that quotes none of
// it.

namespace {

using namespace sts::kube;

const std::string kVersion = "client.authentication.k8s.io/v1";

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

std::string complaint(const std::string& output) {
  const auto read = read_exec_credential(output, kVersion);
  return read ? "" : read.error().message;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string output(reinterpret_cast<const char*>(data), size);
  const auto read = read_exec_credential(output, kVersion);
  if (read) {
    require(is_header_text(read->token), "a token may stand in a header");
    require(read->certificate_pem.empty() == read->key_pem.empty(), "both or none");
    require(!read->token.empty() || !read->key_pem.empty(), "there is a credential");
  } else {
    const std::string& message = read.error().message;
    require(message.size() < 200, "a complaint is short");
    require(std::all_of(message.begin(), message.end(), [](char c) { return c >= ' ' && c < 127; }),
            "a complaint is our own words");
  }
  // A secret, wherever it is planted, never comes out.
  const std::string secret = "S3CR3T";
  require(complaint(output + secret).find(secret) == std::string::npos, "nothing is quoted");
  const std::size_t colon = output.find(':');
  if (colon != std::string::npos) {
    std::string planted = output;
    planted.insert(colon + 1, secret);
    require(complaint(planted).find(secret) == std::string::npos, "nothing is quoted");
  }
  return 0;
}
