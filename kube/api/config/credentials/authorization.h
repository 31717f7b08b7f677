#pragma once

#include <string>
#include <string_view>

namespace sts::kube {

/// Values of the Authorization header.
std::string bearer(const std::string& token);
std::string basic(const std::string& username, const std::string& password);

/// A text that may stand in a header: no control characters (Go refuses such a request).
bool is_header_text(std::string_view text);

/// Both have a block of the right sort. Whether they belong together is for the TLS library to say.
bool is_certificate_pair(std::string_view certificate_pem, std::string_view key_pem);
bool is_certificate(std::string_view pem);

}  // namespace sts::kube
