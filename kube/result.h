#pragma once

#include <tl/expected.hpp>

#include <string>

namespace sts {

/// Why something could not be done, in words that a user can act on. `message` has no trailing
/// full stop and no file prefix; the shell adds where it happened.
struct Error {
  std::string message;
};

/// The core's return type for what can fail. Exceptions of libraries are stopped where they are
/// called and become an Error.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace sts
