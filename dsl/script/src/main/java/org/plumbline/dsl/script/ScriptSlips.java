// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.MeantNumber;

/** Slips that are seen from the line that a compiler has complained about. */
final class ScriptSlips {
  private static final Set<String> KEYWORDS =
      Set.of("return", "throw", "else", "in", "is", "as", "new", "case", "def", "val", "var");

  private final ScriptText text;
  private final ScriptWords words;
  private final List<Slip> slips;

  ScriptSlips(ScriptText text) {
    this.text = text;
    this.words = new ScriptWords(text);
    boolean kotlin = text.file().name().endsWith(".kts");
    String foreign = kotlin ? "def" : "val";
    List<Slip> both =
        List.of(
            new Slip("^\\s*(\\w+)\\s*=\\s*$", this::valueMissing),
            new Slip("^\\s*(\\w+):\\s*[^:\\s].*$", this::colon),
            new Slip("^\\s*(\\w+) +((?:[-+]?[\\d.]|[\"'])[^=]*|true|false)$", this::noEquals),
            new Slip("^\\s*(\\.\\.\\.|\u2026)\\s*$", this::dots),
            new Slip("^\\s*\\w+\\(.*\\)\\s*([:=]|->|=>)\\s*\\{", this::signBeforeBrace),
            new Slip("^\\s*(\\w+)\\(\\s*\"[^\"]*\"\\s*,\\s*\\w+\\s*[:=]", this::arguments),
            new Slip("\\b(\\w+)\\(\\s*\\w+\\s*[:=](?!=)[^()]*\\)", this::arguments),
            new Slip("\\b((?:for|if|while) (?! *\\()[^{]*?) *\\{", this::withoutBrackets),
            new Slip(
                "\\bover\\(\\s*[\"'][^\"']*[\"']\\s*,\\s*([^()\\[\\]]*,[^()\\[\\]]*)\\)",
                this::severalValues),
            new Slip("^\\s*(\\w+):\\s*$", this::block),
            new Slip("^\\s*[\"'](\\w+)[\"']\\s*=(?!=)", this::quotedKey),
            new Slip("^\\s*([\"']\\w+[\"'])\\s*\\{", this::withoutKind),
            new Slip("^\\s*(\\w+(?:\\.\\w+)+)\\s*=(?!=)", this::path),
            new Slip("\\([\"'][^\"']*[\"'](\\s*[=:]\\s*)", this::signForComma),
            new Slip("=\\s*(?:\"[^\"]*\"|[-\\d.]+)(\\s+)\\w+\\s*=(?!=)", this::noSeparator),
            new Slip("listOf\\(.*\"(\\s+)\"", m -> replace(m, "a comma is missing here", ", ")),
            new Slip("(\"[^\"]*\\\\[^\\\\\"'nrtbfsu$][^\"]*\")", this::escape),
            new Slip("=\\s*([-+]?[\\d.]+ ?%)", this::number),
            new Slip(
                "=\\s*([-+]?[\\d.]+ +(?!in\\b|to\\b|as\\b)[A-Za-z][-\\w]*)\\s*$", this::number),
            new Slip("=\\s*([-+]?\\d[\\d.]*+(?:[eE][-+]?\\d+)?+[A-Za-z]\\w*)", this::number),
            new Slip("\\b(" + foreign + ") \\w+ *=", m -> declaration(m, foreign)),
            new Slip(
                ",\\s*(,)", m -> error(m, "a value is missing before this comma", "write it")));
    List<Slip> ofKotlin =
        List.of(
            new Slip("\\b(new) \\w", m -> replace(m, "there is no `new` in Kotlin", "")),
            new Slip("=\\s*(\\[[^\\]]*\\])", this::list),
            new Slip("('[^']*')", this::singleQuotes));
    this.slips =
        kotlin ? java.util.stream.Stream.concat(both.stream(), ofKotlin.stream()).toList() : both;
  }

  private record Slip(Pattern pattern, Function<Place, Optional<Diagnostic>> explain) {
    Slip(String pattern, Function<Place, Optional<Diagnostic>> explain) {
      this(Pattern.compile(pattern), explain);
    }
  }

  /** A match in a line. */
  private record Place(int line, MatchResult match) {
    String word() {
      return match.group(1);
    }
  }

  /** The slip in a line; empty if there is none that is known. */
  Optional<Diagnostic> in(int line) {
    String code = text.text(line).replaceFirst("\\s//.*", "");
    for (Slip slip : slips) {
      Matcher matcher = slip.pattern().matcher(code);
      if (matcher.find()) {
        Optional<Diagnostic> explained =
            slip.explain().apply(new Place(line, matcher.toMatchResult()));
        if (explained.isPresent()) {
          return explained;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> valueMissing(Place place) {
    String next = text.text(place.line() + 1).strip();
    boolean follows = next.matches("\\w+\\s*=[^=].*|\\}.*|\\w+(\\(.*\\))? *\\{.*|");
    return follows
        ? Optional.of(
            Diagnostic.of(Code.PLB0109, span(place), "`" + place.word() + "` has no value")
                .help("give one, or leave the key out"))
        : Optional.empty();
  }

  private Optional<Diagnostic> colon(Place place) {
    return KEYWORDS.contains(place.word()) || place.word().equals("default")
        ? Optional.empty()
        : Optional.of(IdleStatements.label(text, place.line(), place.word()));
  }

  private Optional<Diagnostic> noEquals(Place place) {
    return KEYWORDS.contains(place.word())
        ? Optional.empty()
        : replace(
            place, "an equals sign is missing after `" + place.word() + "`", place.word() + " =");
  }

  private Optional<Diagnostic> number(Place place) {
    String written = place.word();
    if (written.matches("[-+]?(0x\\w+|[\\d.]+([eE]\\d+)?[fFdDlLgGiI]?)")) {
      return Optional.empty();
    }
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0302, span(place), "`" + written + "` is not a number");
    return Optional.of(
        MeantNumber.of(written, false)
            .map(meant -> diagnostic.replace("write `" + meant + "`", meant))
            .orElseGet(() -> diagnostic.help("write the number alone, without a unit")));
  }

  private Optional<Diagnostic> dots(Place place) {
    return error(
        place,
        "`" + place.word() + "` stands in the place of what was left out",
        "write that, or remove the line");
  }

  private Optional<Diagnostic> signBeforeBrace(Place place) {
    return replace(place, "nothing stands between a block's name and its braces", "");
  }

  private Optional<Diagnostic> arguments(Place place) {
    return words.known(span(place), place.word()).map(word -> words.misused(span(place), word));
  }

  /** {@code dpo:}, with the keys below it. */
  private Optional<Diagnostic> block(Place place) {
    return words
        .known(span(place), place.word())
        .filter(word -> word.block().isPresent())
        .map(word -> words.misused(span(place), word));
  }

  /** {@code for b in betas { … }}. */
  private Optional<Diagnostic> withoutBrackets(Place place) {
    String[] words = place.word().split(" +", 2);
    return replace(
        place,
        "what follows `" + words[0] + "` stands in round brackets",
        words[0] + " (" + words[1].strip() + ")");
  }

  private Optional<Diagnostic> severalValues(Place place) {
    return replace(place, "several values stand in a list", "listOf(" + place.word().strip() + ")");
  }

  private Optional<Diagnostic> quotedKey(Place place) {
    Span quoted = text.span(place.line(), place.match().start(1) - 1, place.match().end(1) + 1);
    return Optional.of(
        Diagnostic.of(Code.PLB0400, quoted, "a key stands without quotes")
            .replace("write `" + place.word() + "`", place.word()));
  }

  private Optional<Diagnostic> withoutKind(Place place) {
    return error(
        place,
        "a block starts with a word, and its name follows in brackets",
        "write the kind before it: `KIND(" + place.word() + ") { … }`");
  }

  private Optional<Diagnostic> path(Place place) {
    List<String> parts = List.of(place.word().split("\\.", -1));
    if (List.of("this", "it", "delegate", "self").contains(parts.get(0))) {
      return Optional.empty();
    }
    String key = parts.get(parts.size() - 1);
    List<ScriptText.Opened> around = text.around(span(place).start());
    String inner = around.isEmpty() ? "" : around.get(around.size() - 1).word();
    if (parts.size() == 2 && parts.get(0).equals(inner)) {
      return replace(place, "this is in the block `" + inner + "` already", key);
    }
    String blocks = String.join(" { ", parts.subList(0, parts.size() - 1));
    return error(
        place,
        "a key is set in the braces of its block, and not by a path",
        "write `%s { %s = …%s`".formatted(blocks, key, " }".repeat(parts.size() - 1)));
  }

  private Optional<Diagnostic> signForComma(Place place) {
    return replace(place, "a comma stands between a name and its value", ", ");
  }

  private Optional<Diagnostic> noSeparator(Place place) {
    return replace(place, "two keys on one line stand apart by `;`", "; ");
  }

  private Optional<Diagnostic> escape(Place place) {
    String doubled = place.word().replaceAll("\\\\+", "\\\\\\\\");
    Diagnostic found =
        Diagnostic.of(Code.PLB0400, span(place), "a `\\` starts an escape, and this is none");
    return Optional.of(
        found
            .replace("write `" + doubled + "`", doubled)
            .help("in a path, `/` will do, on Windows, too"));
  }

  private Optional<Diagnostic> declaration(Place place, String word) {
    String language = word.equals("def") ? "Kotlin" : "Groovy";
    return replace(place, "there is no `" + word + "` in " + language, "var");
  }

  private Optional<Diagnostic> list(Place place) {
    String items = place.word().substring(1, place.word().length() - 1);
    return replace(place, "a list is not written in square brackets", "listOf(" + items + ")");
  }

  private Optional<Diagnostic> singleQuotes(Place place) {
    String inside = place.word().substring(1, place.word().length() - 1);
    return inside.length() == 1
        ? Optional.empty()
        : replace(place, "text stands in double quotes", "\"" + inside + "\"");
  }

  private Optional<Diagnostic> error(Place place, String message, String help) {
    return Optional.of(Diagnostic.of(Code.PLB0400, span(place), message).help(help));
  }

  private Optional<Diagnostic> replace(Place place, String message, String right) {
    Diagnostic diagnostic = Diagnostic.of(Code.PLB0400, span(place), message);
    String help = right.isEmpty() ? "leave it out" : "write `" + right.strip() + "`";
    return Optional.of(diagnostic.replace(help, right));
  }

  private Span span(Place place) {
    return text.span(place.line(), place.match().start(1), place.match().end(1));
  }
}
