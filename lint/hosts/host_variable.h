#pragma once

#include "lint/script/scripts.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sts::lint {

/// A variable or a command's output in some text: $(NAME), ${NAME}, $NAME, `hostname`.
struct HostVariable {
  enum class Form : std::uint8_t { kParentheses, kBraces, kPlain, kBackticks };
  Form form = Form::kPlain;
  std::string_view inner;  // "NAME", "NAME:-db", "hostname -s"
  std::size_t end = 0;     // bytes of the text, after its last one
};

/// The one that begins at `at`; `end` 0 for none. Its text stands on one line.
HostVariable variable_at(std::string_view text, std::size_t at);

/// What a variable stands for: text, with kOwnPod, kOwnNamespace and kAnything for what only the
/// pod or nobody knows.
using VariableReader = std::function<std::string(const HostVariable&)>;

/// Reads variables of `text` as a container with this environment sees them; null for none. What
/// the text itself gives a value to is read from there, where it does so once.
std::string read_variable(const HostVariable& variable, std::string_view text,
                          const PodScript::Environment* environment, std::string_view set = {});

}  // namespace sts::lint
