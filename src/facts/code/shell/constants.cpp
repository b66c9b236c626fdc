#include "facts/code/shell/constants.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/decode.h"

namespace assay::code::shell {
namespace {

using Text = std::optional<std::string>;
using Words = std::vector<std::string>;

struct Call {
  const Session& session;
  const Words& words;
  const Text& input;
  ShellDialect dialect;
};

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

std::string joined(const Words& words, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (i > from) out += ' ';
    out += words[i];
  }
  return out;
}

// The only operand if it is a file that the text wrote, else the input.
Text operand_or_input(const Call& call) {
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    if (is_option(call.words[i]) || call.words[i] == "-") continue;
    const auto file = call.session.files.find(call.words[i]);
    if (file == call.session.files.end()) return std::nullopt;
    return file->second;
  }
  return call.input;
}

Text echo(const Call& call) {
  std::size_t first = 1;
  bool unescapes = false;
  bool ends_line = true;
  while (call.dialect == ShellDialect::posix && first < call.words.size()) {
    const std::string& word = call.words[first];
    if (!is_option(word) || word.find_first_not_of("neE", 1) != std::string::npos) break;
    unescapes = unescapes || contains(word, "e");
    ends_line = ends_line && !contains(word, "n");
    ++first;
  }
  std::string text = joined(call.words, first);
  if (unescapes) text = unescape(text);
  if (ends_line) text += '\n';
  return text;
}

// The format is used as often as there are arguments for it; one round without any.
Text print_formatted(const Call& call) {
  std::size_t first = 1;
  if (first < call.words.size() && call.words[first] == "--") ++first;
  if (first >= call.words.size() || call.words[first] == "-v") return std::nullopt;
  const std::string_view format = call.words[first];
  std::size_t next = first + 1;
  std::string out;
  // A round without %s or one that consumed nothing is the last; each argument is one round.
  for (std::size_t round = 0; round <= call.words.size(); ++round) {
    const std::size_t before = next;
    std::string piece;
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 >= format.size()) {
        piece += format[i];
        continue;
      }
      const char kind = format[++i];
      if (kind == '%') {
        piece += '%';
      } else if (kind == 's' || kind == 'b' || kind == 'd' || kind == 'c') {
        if (next >= call.words.size()) continue;
        piece += kind == 'b' ? unescape(call.words[next]) : call.words[next];
        ++next;
      } else {
        return std::nullopt;
      }
      if (out.size() + piece.size() > (1u << 20)) return std::nullopt;
    }
    out += piece;
    if (out.size() > (1u << 20)) return std::nullopt;
    if (next == before || next >= call.words.size()) break;
  }
  return unescape(out);
}

Text concatenate(const Call& call) {
  std::string out;
  bool reads_input = true;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    if (is_option(call.words[i])) continue;
    if (call.words[i] != "-") {
      const auto file = call.session.files.find(call.words[i]);
      if (file == call.session.files.end()) return std::nullopt;
      out += file->second;
      if (out.size() > (1u << 20)) return std::nullopt;
      reads_input = false;
    }
  }
  if (reads_input) return call.input;
  return out;
}

Text unbase64(const Call& call) {
  const bool decodes = std::ranges::any_of(call.words, [](const std::string& word) {
    return word == "-d" || word == "-D" || word == "--decode" || word == "-di" || word == "-id" ||
           word == "-dw0" || word == "-d64";
  });
  const Text text = operand_or_input(call);
  return decodes && text ? decode_base64(*text) : std::nullopt;
}

// openssl base64 -d, openssl enc -d -base64
Text openssl(const Call& call) {
  const auto has = [&](std::string_view word) {
    return std::ranges::find(call.words, word) != call.words.end();
  };
  const bool is_base64 = has("base64") || has("-base64") || has("-a");
  const bool has_key = has("-k") || has("-pass") || has("-K");
  return is_base64 && has("-d") && !has_key && call.input ? decode_base64(*call.input)
                                                          : std::nullopt;
}

Text unhex(const Call& call) {
  bool reverts = false;
  for (const std::string& word : call.words) {
    reverts = reverts || (is_option(word) && contains(word, "r"));
  }
  const Text text = operand_or_input(call);
  return reverts && text ? decode_hex(*text) : std::nullopt;
}

Text reverse(const Call& call) {
  const Text text = operand_or_input(call);
  if (!text) return std::nullopt;
  std::string out;
  for (const std::string_view line : split(*text, '\n')) {
    out.append(line.rbegin(), line.rend());
    out += '\n';
  }
  out.pop_back();
  return out;
}

// The characters of a tr set, ranges spelled out; nullopt for classes.
Text character_set(std::string_view set) {
  if (contains(set, "[:")) return std::nullopt;
  const std::string plain = unescape(set);
  std::string out;
  for (std::size_t i = 0; i < plain.size() && out.size() <= 4096; ++i) {
    const auto first = static_cast<unsigned char>(plain[i]);
    if (i + 2 >= plain.size() || plain[i + 1] != '-') {
      out += plain[i];
      continue;
    }
    const auto last = static_cast<unsigned char>(plain[i + 2]);
    for (unsigned c = first; c <= last; ++c) out += static_cast<char>(c);
    i += 2;
  }
  return out;
}

Text translate(const Call& call) {
  if (!call.input || call.words.size() < 3) return std::nullopt;
  const bool deletes = call.words[1] == "-d";
  const Text from = character_set(deletes ? call.words[2] : call.words[1]);
  const Text to = deletes ? Text("") : character_set(call.words[2]);
  if (!from || !to || from->empty() || (!deletes && to->empty())) return std::nullopt;
  std::array<int, 256> table{};
  for (int i = 0; i < 256; ++i) table[static_cast<std::size_t>(i)] = i;
  for (std::size_t i = 0; i < from->size(); ++i) {
    const auto c = static_cast<unsigned char>((*from)[i]);
    const std::size_t at = std::min(i, to->empty() ? 0 : to->size() - 1);
    table[c] = deletes ? -1 : static_cast<unsigned char>((*to)[at]);
  }
  std::string out;
  for (const char c : *call.input) {
    const int value = table[static_cast<unsigned char>(c)];
    if (value >= 0) out += static_cast<char>(value);
  }
  return out;
}

Text nothing(const Call&) { return std::string(); }
Text pass_on(const Call& call) { return call.input; }

struct Printer {
  std::string_view program;
  Text (*print)(const Call&);
};
constexpr std::array printers = {
    Printer{"echo", echo},         Printer{"printf", print_formatted},
    Printer{"cat", concatenate},   Printer{"type", concatenate},
    Printer{"base64", unbase64},   Printer{"openssl", openssl},
    Printer{"xxd", unhex},         Printer{"rev", reverse},
    Printer{"tr", translate},      Printer{"tee", pass_on},
    Printer{"true", nothing},      Printer{":", nothing},
    Printer{"write-output", echo}, Printer{"write-host", echo},
};

}  // namespace

std::optional<std::string> constant_output(const Session& session, const ShellCommand& command,
                                           ShellDialect dialect) {
  const std::string program = program_of(command);
  for (const Printer& printer : printers) {
    if (printer.program == program) {
      return printer.print({session, command.words, command.input, dialect});
    }
  }
  return std::nullopt;
}

}  // namespace assay::code::shell
