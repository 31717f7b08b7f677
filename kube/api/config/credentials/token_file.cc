#include "kube/api/config/credentials/token_file.h"

#include "kube/api/config/credentials/authorization.h"

namespace sts::kube {
namespace {

// A minute, less ten seconds of leeway.
constexpr std::chrono::seconds kPeriod{50};

}  // namespace

TokenFile::TokenFile(std::string path, const Surroundings& surroundings)
    : path_(std::move(path)), read_file_(surroundings.read_file), now_(surroundings.now) {}

Result<std::string> TokenFile::token() {
  if (read_at_ && now_() < *read_at_ + kPeriod) return token_;
  auto bytes = read_file_(path_);
  std::string why;
  if (!bytes) {
    why = bytes.error().why;
  } else {
    const std::size_t begin = bytes->find_first_not_of(" \t\r\n");
    const std::size_t end = bytes->find_last_not_of(" \t\r\n");
    const std::string token =
        begin == std::string::npos ? "" : bytes->substr(begin, end - begin + 1);
    if (token.empty()) {
      why = "the file is empty";
    } else if (!is_header_text(token)) {
      why = "this is no token: it holds a line break or another control character";
    } else {
      token_ = token;
      read_at_ = now_();
      return token_;
    }
  }
  if (!token_.empty()) return token_;
  return fail("token file " + path_ + ": " + why);
}

}  // namespace sts::kube
