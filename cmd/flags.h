#pragma once

#include "cmd/help.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sts::cmd {

/// The flags and arguments of one command: how they are called, where their values go, what --help
/// says. Read as kubectl's pflag reads them. What is given to it must outlive it.
class CommandFlags {
 public:
  CommandFlags();
  ~CommandFlags();
  CommandFlags(const CommandFlags&) = delete;
  CommandFlags& operator=(const CommandFlags&) = delete;

  /// `names` is "-n,--namespace" or "--token"; `value` is what --help calls the value.
  void text(const std::string& names, const std::string& value, std::optional<std::string>& into,
            const std::string& description);  // the last one counts
  void list(const std::string& names, const std::string& value, std::vector<std::string>& into,
            const std::string& description);  // each adds one
  void flag(const std::string& names, bool& into, const std::string& description);
  void arguments(const std::string& name, std::vector<std::string>& into);

  /// Flags that are added from now on stand under this heading in help_of().
  void begin_group(const std::string& heading) { group_ = heading; }
  /// What to say of a flag that does not exist, where there is more to say than that.
  void explain_unknown(std::function<std::optional<std::string>(const std::string& flag)> explain) {
    explain_ = std::move(explain);
  }

  /// Reads the arguments; returns what is wrong with them in kubectl's words, if something is.
  std::optional<std::string> parse(std::vector<std::string> arguments);

  std::vector<FlagHelp> help_of(const std::string& heading = "") const;

 private:
  class Parser;

  std::string unknown_flag(std::string flag) const;

  std::unique_ptr<Parser> parser_;
  std::string group_;
  std::string short_with_value_;  // the letters
  std::function<std::optional<std::string>(const std::string&)> explain_;
};

/// -h or --help is among them.
bool asks_for_help(const std::vector<std::string>& arguments);

}  // namespace sts::cmd
