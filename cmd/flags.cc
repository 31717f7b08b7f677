#include "cmd/flags.h"

#include "cmd/lint_values.h"
#include "lint/model/near_miss.h"
#include "lint/report/escape.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>

// The one file that knows CLI11: its header takes seconds to compile.
namespace sts::cmd {
namespace {

// CLI11 has a heading of its own for options that were given none.
std::string heading(const std::string& group) { return group.empty() ? "Options" : group; }

// The letter of "-n,--namespace", or nothing.
std::optional<char> short_letter(const std::string& names) {
  if (names.size() >= 2 && names[0] == '-' && names[1] != '-') return names[1];
  return std::nullopt;
}

// CLI11 reads `-n=prod` as the value "=prod", pflag (and so kubectl) as "prod". The wrong namespace
// is worse than an error, so the sign is taken out before.
void normalise(std::vector<std::string>& arguments, const std::string& short_with_value) {
  for (std::string& argument : arguments) {
    if (argument == "--") return;
    if (argument.size() < 3 || argument[0] != '-' || argument[1] == '-') continue;
    const std::size_t flag = argument.find_first_of(short_with_value, 1);
    if (flag != std::string::npos && flag + 1 < argument.size() && argument[flag + 1] == '=' &&
        argument.find('=') == flag + 1) {
      argument.erase(flag + 1, 1);
    }
  }
}

// `--namespace=` (an unset variable of a script, most often): CLI11 would take the next word for
// its value, and work with what is left in the wrong namespace.
std::optional<std::string> empty_value(const std::vector<std::string>& arguments,
                                       const std::string& short_with_value) {
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    const bool is_long = argument.size() > 3 && argument.starts_with("--");
    const bool is_short = argument.size() == 3 && argument[0] == '-' &&
                          short_with_value.find(argument[1]) != std::string::npos;
    // `--token=Zm9v=` has a value that ends so.
    const bool is_first = argument.find('=') == argument.size() - 1;
    if ((is_long || is_short) && is_first) {
      return argument.substr(0, argument.size() - 1);
    }
  }
  return std::nullopt;
}

}  // namespace

class CommandFlags::Parser {
 public:
  CLI::App app;
};

CommandFlags::CommandFlags() : parser_(std::make_unique<Parser>()) {
  parser_->app.set_help_flag("-h,--help", "print this text");
  parser_->app.allow_extras();
}

CommandFlags::~CommandFlags() = default;

void CommandFlags::text(const std::string& names, const std::string& value,
                        std::optional<std::string>& into, const std::string& description) {
  if (const auto letter = short_letter(names)) short_with_value_ += *letter;
  parser_->app.add_option(names, into, description)
      ->type_name(value)
      ->take_last()
      ->group(heading(group_));
}

void CommandFlags::list(const std::string& names, const std::string& value,
                        std::vector<std::string>& into, const std::string& description) {
  if (const auto letter = short_letter(names)) short_with_value_ += *letter;
  parser_->app.add_option(names, into, description)
      ->type_name(value)
      ->allow_extra_args(false)
      ->group(heading(group_));
}

void CommandFlags::flag(const std::string& names, bool& into, const std::string& description) {
  parser_->app.add_flag(names, into, description)->group(heading(group_));
}

void CommandFlags::arguments(const std::string& name, std::vector<std::string>& into) {
  parser_->app.add_option(name, into);
}

std::optional<std::string> CommandFlags::parse(std::vector<std::string> arguments) {
  if (const auto flag = empty_value(arguments, short_with_value_)) {
    return "flag needs an argument: " + *flag;
  }
  normalise(arguments, short_with_value_);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  CLI::App& app = parser_->app;
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();
    return "flag needs an argument: " + what.substr(0, what.find(':'));
  } catch (const CLI::ConversionError& error) {
    // "Could not convert: --flag = value": only switches have values that can be wrong here.
    const std::string what = error.what();
    const std::size_t name = std::min(what.find("--"), what.size());
    return what.substr(name, what.find(' ', name) - name) +
           " is a switch: give it no value, or =true or =false";
  } catch (const CLI::ParseError& error) {
    return std::string(error.what());
  }
  for (const std::string& extra : app.remaining()) {
    if (extra == "--") continue;  // CLI11 2.1 counts the mark before positionals as left over
    if (extra.size() > 1 && extra[0] == '-') return unknown_flag(extra);
    return "unexpected argument " + in_quotes(extra);
  }
  return std::nullopt;
}

std::string CommandFlags::unknown_flag(std::string flag) const {
  flag = flag.substr(0, flag.find('='));
  if (explain_) {
    if (auto explained = explain_(flag)) return *explained;
  }
  if (flag[1] != '-') {
    return "unknown shorthand flag: '" + lint::printable(flag.substr(1, 1)) + "' in " +
           lint::printable(flag);
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : parser_->app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  std::string message = "unknown flag: " + lint::printable(flag);
  if (const auto meant = lint::nearest(flag, candidates)) {
    message += "; did you mean " + names[*meant] + "?";
  }
  return message;
}

std::vector<FlagHelp> CommandFlags::help_of(const std::string& group) const {
  std::vector<FlagHelp> flags;
  for (const CLI::Option* option : parser_->app.get_options()) {
    if (option->get_positional() || option->get_group() != heading(group)) continue;
    FlagHelp flag;
    if (!option->get_snames().empty()) flag.short_name = "-" + option->get_snames().front();
    if (!option->get_lnames().empty()) flag.long_name = "--" + option->get_lnames().front();
    if (option->get_type_size() != 0) flag.value = option->get_type_name();
    flag.description = option->get_description();
    flags.push_back(std::move(flag));
  }
  return flags;
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "-h" || argument == "--help") return true;
  }
  return false;
}

}  // namespace sts::cmd
