#pragma once

#include <string_view>

namespace sts::cmd {

/// The text of docs/rules/<id>.md as it was when this was built; "" for none. The source of this
/// function is made by cmake/EmbedPages.cmake.
std::string_view page_of(std::string_view id);

}  // namespace sts::cmd
