#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sts::cmd {

/// One flag as --help lists it.
struct FlagHelp {
  std::string short_name;  // "-n" or ""
  std::string long_name;   // "--namespace"
  std::string value;       // "NAME", "" for a switch
  std::string description;
};

/// The flags of a command, aligned and wrapped.
std::string flag_list(const std::vector<FlagHelp>& flags);
/// A text that calls the program `@`.
std::string named(std::string_view text, const std::string& program);

// The texts of --help, ready to print. `program` is how the user calls us ("kubectl sts").
std::string main_help(const std::string& program);
std::string lint_help(const std::string& program, const std::vector<FlagHelp>& flags);
std::string explain_help(const std::string& program);
std::string version_help(const std::string& program);

}  // namespace sts::cmd
