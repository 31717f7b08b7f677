#include "cmd/command_line.h"
#include "cmd/commands.h"
#include "cmd/exit_code.h"

#include <csignal>
#include <exception>
#include <new>

namespace {

int run_command(int argc, char** argv) {
  using namespace sts::cmd;
  const std::string program = program_name(argc > 0 ? argv[0] : "");
  const auto command =
      parse_command_line(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc), program);
  if (!command) {
    write_stderr("error: " + command.error().message + "\n");
    return kUsage;
  }
  if (const auto* const help = std::get_if<HelpCommand>(&*command)) {
    return write_stdout(help->text) ? kClean : kBrokenInput;
  }
  return std::visit(
      [](const auto& chosen) -> int {
        if constexpr (std::is_same_v<std::decay_t<decltype(chosen)>, HelpCommand>) {
          return kClean;
        } else {
          return run(chosen);
        }
      },
      *command);
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that goes away is seen as EPIPE where we write.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run_command(argc, argv);
  } catch (const std::bad_alloc&) {
    sts::cmd::write_stderr("error: out of memory\n");
  } catch (const std::exception& error) {
    sts::cmd::write_stderr(std::string("error: this is a fault of kubectl-sts: ") + error.what() +
                           "\n");
  }
  return sts::cmd::kBrokenInput;
}
