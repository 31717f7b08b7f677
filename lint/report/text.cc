#include "lint/report/format.h"
#include "lint/report/snippet.h"
#include "lint/rule.h"

#include <algorithm>

namespace sts::lint {
namespace {

constexpr std::size_t kGutter = 5;

enum class Style : std::uint8_t { kBold, kError, kWarning, kInfo, kDim, kMark };

class TextReport {
 public:
  explicit TextReport(const Presentation& presentation) : presentation_(presentation) {}

  std::string render(const LintReport& report) {
    const kube::SourceFile* file = nullptr;
    for (const Finding& finding : report.findings) {
      if (file != nullptr && file->name() != finding.place.source->name()) out_ += '\n';
      file = finding.place.source.get();
      add(finding);
    }
    if (!report.findings.empty()) out_ += '\n';
    out_ += summary(report);
    return std::move(out_);
  }

 private:
  void add(const Finding& finding) {
    out_ += styled(Style::kBold, at(finding.place) + ":") + " ";
    const Style style = finding.severity == Severity::kError     ? Style::kError
                        : finding.severity == Severity::kWarning ? Style::kWarning
                                                                 : Style::kInfo;
    out_ += styled(style, std::string(to_string(finding.severity)) + ":") + " ";
    out_ += styled(Style::kBold, safe(finding.message)) + " ";
    out_ += styled(Style::kDim, "[" + std::string(finding.rule->id) + "]") + "\n";
    if (!finding.place.whole_file) add_snippet(finding.place);
    for (const Related& related : finding.related) {
      out_ += "  " + at(related.place) + ": " + styled(Style::kInfo, "note:") + " " +
              safe(related.message) + "\n";
    }
    if (!finding.fix.empty()) add_fix(finding.fix);
  }

  void add_snippet(const Place& place) {
    const Snippet shown = snippet(place, presentation_.reader);
    if (shown.text.empty()) return;
    std::string number = std::to_string(shown.line);
    number.insert(0, number.size() < kGutter ? kGutter - number.size() : 0, ' ');
    out_ += styled(Style::kDim, number + " |") + " " + shown.text + "\n";
    out_ += styled(Style::kDim, std::string(number.size(), ' ') + " |") + " " +
            std::string(shown.indent, ' ') +
            styled(Style::kMark, "^" + std::string(shown.length - 1, '~')) + "\n";
  }

  // A fix of several lines is something to paste: it keeps its lines.
  void add_fix(std::string_view fix) {
    out_ += "  " + styled(Style::kInfo, "fix:");
    if (fix.find('\n') == std::string_view::npos) {
      out_ += " " + safe(fix) + "\n";
      return;
    }
    out_ += '\n';
    while (!fix.empty()) {
      const std::size_t end = std::min(fix.find('\n'), fix.size());
      out_ += "    " + safe(fix.substr(0, end)) + "\n";
      fix.remove_prefix(std::min(end + 1, fix.size()));
    }
  }

  static std::string summary(const LintReport& report) {
    std::string line = counts(report) + " in " + counted(report.files, "file") + " (" +
                       counted(report.objects, "object") + ")";
    if (report.suppressed > 0) line += ", " + std::to_string(report.suppressed) + " ignored";
    return line + "\n";
  }

  std::string at(const Place& place) const {
    if (place.whole_file) return safe(place.source->name());
    const kube::Position begin = place.span().begin;
    return safe(place.source->name()) + ":" + std::to_string(begin.line) + ":" +
           std::to_string(begin.column);
  }

  std::string safe(std::string_view text) const { return printable(text, presentation_.reader); }

  std::string styled(Style style, const std::string& text) const {
    if (!presentation_.colour) return text;
    const char* code = "";
    switch (style) {
      case Style::kBold:
        code = "1";
        break;
      case Style::kError:
        code = "1;31";
        break;
      case Style::kWarning:
        code = "1;33";
        break;
      case Style::kInfo:
        code = "1;36";
        break;
      case Style::kDim:
        code = "2";
        break;
      case Style::kMark:
        code = "1;32";
        break;
    }
    return "\x1b[" + std::string(code) + "m" + text + "\x1b[0m";
  }

  const Presentation& presentation_;
  std::string out_;
};

}  // namespace

std::string render_text(const LintReport& report, const Presentation& presentation) {
  return TextReport(presentation).render(report);
}

}  // namespace sts::lint
