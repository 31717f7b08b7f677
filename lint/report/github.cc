#include "lint/report/github.h"

#include "lint/rule.h"

#include <array>

namespace sts::lint {
namespace {

// ExecutionContext.cs: _maxCountPerIssueType, and _maxIssueMessageLength in UTF-16 code units.
constexpr std::size_t kMaxPerType = 10;
constexpr std::size_t kMaxMessage = 4096;

constexpr std::array kMostSevereFirst = {Severity::kError, Severity::kWarning, Severity::kInfo};

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      break;
  }
  return "notice";
}

std::string escape(std::string_view text, bool property) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string shortened(const std::string& text) {
  std::size_t units = 0;
  std::size_t fits = 0;  // bytes that leave room for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    units += c.value != CodePoint::kInvalid && c.value > 0xffff ? 2 : 1;
    at += c.size;
    if (units < kMaxMessage) fits = at;
  }
  return units <= kMaxMessage ? text : text.substr(0, fits) + "…";
}

// What is said of a finding below its message, as lines.
std::string details(const Finding& finding, const Presentation& presentation) {
  std::string out;
  for (const Related& related : finding.related) {
    out += "\n" +
           printable(presentation.file_prefix + related.place.source->name(), Reader::kActionsLog);
    if (!related.place.whole_file) out += ":" + std::to_string(related.place.span().begin.line);
    out += ": " + printable(related.message, Reader::kActionsLog);
  }
  if (!finding.fix.empty()) {
    out += "\nfix: ";
    std::string_view fix = finding.fix;
    for (std::size_t end = fix.find('\n'); end != std::string_view::npos; end = fix.find('\n')) {
      out += printable(fix.substr(0, end), Reader::kActionsLog) + "\n  ";
      fix.remove_prefix(end + 1);
    }
    out += printable(fix, Reader::kActionsLog);
  }
  return out;
}

std::string annotation(const Finding& finding, const Presentation& presentation) {
  const kube::Span span = finding.place.span();
  const std::string file = presentation.file_prefix + finding.place.source->name();
  // A colon at the beginning is harmless once it is escaped as a property's.
  const std::string name = printable(escape_property(printable(file)), Reader::kActionsLog);
  std::string out = "::" + std::string(command_of(finding.severity)) + " file=" + name +
                    ",line=" + std::to_string(span.begin.line) +
                    ",endLine=" + std::to_string(span.end.line);
  // The runner drops columns of what spans lines (ActionCommandManager.cs, IssueCommandExtension).
  if (span.begin.line == span.end.line && !finding.place.whole_file) {
    out += ",col=" + std::to_string(span.begin.column) +
           ",endColumn=" + std::to_string(span.end.column);
  }
  out += ",title=" + escape_property(std::string(finding.rule->id));
  const std::string message =
      printable(finding.message, Reader::kActionsLog) + details(finding, presentation);
  return out + "::" + escape_data(shortened(message)) + "\n";
}

// Everything that Markdown, GitHub's additions to it or HTML could see something in.
std::string inert(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("&<>|`*_[]\\~#@!$(){}:\"'").find(c) != std::string_view::npos) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

std::string row(const Finding& finding, const Presentation& presentation) {
  std::string out = "| " + std::string(to_string(finding.severity)) + " | " +
                    inert(presentation.file_prefix + finding.place.source->name());
  if (!finding.place.whole_file) {
    out += "&#58;" + std::to_string(finding.place.span().begin.line);
  }
  out += " | " + inert(finding.message);
  if (!finding.fix.empty()) out += "<br>fix&#58; " + inert(finding.fix);
  return out + " | " + std::string(finding.rule->id) + " |\n";
}

}  // namespace

std::string escape_data(std::string_view text) { return escape(text, false); }
std::string escape_property(std::string_view text) { return escape(text, true); }

std::string render_github(const LintReport& report, const Presentation& presentation) {
  std::string out;
  std::string more;
  for (const Severity severity : kMostSevereFirst) {
    std::size_t shown = 0;
    for (const Finding& finding : report.findings) {
      if (finding.severity != severity) continue;
      if (shown == kMaxPerType) break;
      out += annotation(finding, presentation);
      ++shown;
    }
    if (const std::size_t left = report.count(severity) - shown; left > 0) {
      more += (more.empty() ? "" : ", ") + std::to_string(left) + " more " +
              std::string(to_string(severity)) + (left == 1 ? "" : "s");
    }
  }
  if (!more.empty()) out += more + ": see the job summary\n";
  return out + counts(report) + " in " + counted(report.files, "file") + " (" +
         counted(report.objects, "object") + ")\n";
}

std::string github_summary(const LintReport& report, const Presentation& presentation,
                           std::size_t max_bytes) {
  std::string out =
      "### kubectl sts lint: " + counts(report) + " in " + counted(report.files, "file") + "\n\n";
  if (report.findings.empty()) return out.size() <= max_bytes ? out : "";
  out += "| Severity | Place | Finding | Rule |\n| --- | --- | --- | --- |\n";
  constexpr std::size_t kRoomForTheLastLine = 64;
  std::size_t left = report.findings.size();
  for (const Severity severity : kMostSevereFirst) {
    for (const Finding& finding : report.findings) {
      if (finding.severity != severity) continue;
      const std::string line = row(finding, presentation);
      if (out.size() + line.size() + kRoomForTheLastLine > max_bytes) {
        out += "\nand " + std::to_string(left) + " more\n\n";
        return out.size() <= max_bytes ? out : "";
      }
      out += line;
      --left;
    }
  }
  return out + "\n";
}

std::string github_outputs(const LintReport& report) {
  return "findings=" + std::to_string(report.findings.size()) +
         "\nerrors=" + std::to_string(report.count(Severity::kError)) +
         "\nwarnings=" + std::to_string(report.count(Severity::kWarning)) + "\n";
}

}  // namespace sts::lint
