// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.words.Word;

/** Says in the words of the language what a compiler says in those of its own. */
public final class ScriptErrors {
  private static final Pattern UNKNOWN_WORD =
      Pattern.compile(
          "variable \\[(\\w+)\\] is undeclared|Unresolved reference '(\\w+)'"
              + "|Cannot find matching method \\S+#(\\w+)\\(|No such property: (\\w+) "
              + "|'(?:fun|var|val) (?:<[^>]*> )?(\\w+).*cannot be called in this context");
  private static final Pattern MISUSED =
      Pattern.compile(
          "Function invocation '(\\w+)\\(|No value passed for parameter"
              + "|None of the following candidates|Expression '(\\w+)' .*cannot be invoked"
              + "|Too many arguments for|Cannot access '(\\w+)'");
  private static final Pattern WRONG_TYPE =
      Pattern.compile(
          "Cannot assign value of type (\\S+) to variable of type (\\S+)"
              + "|type mismatch: actual type is '([^']*)', but '([^']*)' was expected"
              + "|Incompatible generic argument types");

  private final ScriptText text;
  private final ScriptWords words;

  private ScriptErrors(SourceFile file) {
    this.text = new ScriptText(file);
    this.words = new ScriptWords(text);
  }

  /** One diagnostic for each mistake, in the order of the text. */
  public static List<Diagnostic> of(SourceFile file, List<CompileError> errors) {
    if (errors.isEmpty()) {
      return List.of();
    }
    ScriptErrors translator = new ScriptErrors(file);
    ScriptSyntax.Found syntax = ScriptSyntax.in(translator.text);
    return syntax.broken() ? syntax.diagnostics() : translator.all(syntax.diagnostics(), errors);
  }

  private List<Diagnostic> all(List<Diagnostic> syntax, List<CompileError> errors) {
    Map<String, Diagnostic> byPlace = new LinkedHashMap<>();
    Set<Integer> explained = new HashSet<>();
    for (Diagnostic diagnostic : syntax) {
      explained.add(diagnostic.primary().start().line());
      byPlace.put(key(diagnostic), diagnostic);
    }
    ScriptSlips slips = new ScriptSlips(text);
    for (CompileError error : errors) {
      if (!explained.contains(error.line())) {
        slips
            .in(error.line())
            .ifPresent(
                slip -> {
                  explained.add(error.line());
                  byPlace.put(key(slip), slip);
                });
      }
    }
    Map<String, Diagnostic> following = new LinkedHashMap<>();
    for (CompileError error : errors) {
      if (!explained.contains(error.line()) && !isOfExplained(error, explained)) {
        Diagnostic diagnostic = translate(error);
        boolean ofSyntax = diagnostic.code() == Code.PLB0400 && !syntax.isEmpty();
        Map<String, Diagnostic> found = ofSyntax || follows(diagnostic) ? following : byPlace;
        found.putIfAbsent(key(diagnostic), diagnostic);
      }
    }
    return List.copyOf((byPlace.isEmpty() ? following : withoutFollowing(byPlace)).values());
  }

  /** Whether it is about a variable that a line declares which could not be read. */
  private boolean isOfExplained(CompileError error, Set<Integer> explained) {
    Matcher word = UNKNOWN_WORD.matcher(error.message());
    if (!word.find()) {
      return false;
    }
    Pattern declared = Pattern.compile("\\b(?:def|val|var|let|const) " + firstGroup(word) + "\\b");
    return explained.stream().anyMatch(line -> declared.matcher(text.text(line)).find());
  }

  private static String key(Diagnostic diagnostic) {
    return diagnostic.code() + " " + diagnostic.primary();
  }

  /** Nothing in a block counts whose own word is at fault, and only the first thing at a place. */
  private Map<String, Diagnostic> withoutFollowing(Map<String, Diagnostic> all) {
    Set<String> heads = new HashSet<>();
    for (Diagnostic diagnostic : all.values()) {
      Span place = diagnostic.primary();
      heads.add(place.start().line() + " " + text.words(place));
    }
    Set<Integer> unread = new HashSet<>();
    all.values().stream()
        .filter(one -> one.code() == Code.PLB0400)
        .forEach(one -> unread.add(one.primary().start().line()));
    Map<String, Diagnostic> kept = new LinkedHashMap<>();
    Set<String> places = new HashSet<>();
    Set<Integer> lines = new HashSet<>();
    all.values().stream()
        .filter(one -> !one.message().equals(ScriptWords.OTHER_KIND))
        .forEach(one -> lines.add(one.primary().start().line()));
    all.forEach(
        (key, diagnostic) -> {
          Span place = diagnostic.primary();
          boolean inside =
              text.around(place.start()).stream()
                  .anyMatch(
                      block ->
                          heads.contains(block.line() + " " + block.word())
                              || (unread.contains(block.line())
                                  && block.line() < place.start().line()));
          boolean vague =
              diagnostic.message().equals(ScriptWords.OTHER_KIND)
                  && lines.contains(place.start().line());
          if (!inside && !vague && places.add(place.toString())) {
            kept.put(key, diagnostic);
          }
        });
    return kept;
  }

  /** Whether it is in a block that is itself unknown, so that nothing can be known in it. */
  private boolean follows(Diagnostic diagnostic) {
    List<ScriptText.Opened> blocks = text.around(diagnostic.primary().start());
    boolean ours = !blocks.isEmpty() && blocks.get(0).word().equals("experiment");
    return ours && ScriptWords.vocabulary(blocks).isEmpty();
  }

  /** A script that threw while it was evaluated. */
  public static Diagnostic thrown(SourceFile file, Throwable thrown) {
    Span place = place(file, thrown.getStackTrace());
    String what = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    return Diagnostic.of(Code.PLB0402, place, "the script failed here: " + firstLine(what))
        .note("a script is evaluated once, before anything else happens");
  }

  /** The line of the script that is being evaluated; the file, if it is in none. */
  static Span place(SourceFile file, StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) {
      String name = String.valueOf(frame.getFileName());
      if (name.endsWith(".plumb.groovy") || name.endsWith(".plumb.kts")) {
        return new ScriptText(file).line(frame.getLineNumber());
      }
    }
    return Span.of(file);
  }

  private Diagnostic translate(CompileError error) {
    Span span =
        error.line() == 0
            ? Span.of(text.file())
            : text.between(error.line(), error.column(), error.endLine(), error.endColumn());
    Matcher word = UNKNOWN_WORD.matcher(error.message());
    if (word.find()) {
      String name = firstGroup(word);
      if (!name.isEmpty() && !text.words(span).contains(name) && text.words(span).contains(" ")) {
        // `beta - 0.5`: the compilers call the operator a function.
        return Diagnostic.of(Code.PLB0302, span, "nothing can be computed from the value of a key")
            .help("keep it in a variable, and compute from that");
      }
      return words.unknown(text.keyAt(error.line(), error.column(), name), name);
    }
    Matcher misused = MISUSED.matcher(error.message());
    if (misused.find()) {
      String named = firstGroup(misused);
      String name = named.isEmpty() ? text.wordAt(span) : named;
      if (name.equals("experiment")) {
        return ScriptWords.experiment(text.keyAt(error.line(), error.column(), name));
      }
      Optional<Word> known = words.known(span, name);
      if (known.isPresent()) {
        return words.misused(text.keyAt(error.line(), error.column(), name), known.get());
      } else if (!named.isEmpty()
          && ScriptWords.vocabulary(text.around(span.start())).isPresent()) {
        return words.unknown(text.keyAt(error.line(), error.column(), name), name);
      }
    }
    if (WRONG_TYPE.matcher(error.message()).find()) {
      return words.wrongType(span);
    }
    return Diagnostic.of(Code.PLB0400, span, plain(error.message(), text.tokenAt(span)));
  }

  private static String plain(String message, String token) {
    String here = token.isEmpty() ? "the end of the script" : "`" + token + "`";
    if (message.startsWith("Unexpected input") || message.contains("Unexpected tokens")) {
      return here + " cannot stand here";
    } else if (message.startsWith("Syntax error: Expecting")) {
      return "something is missing before " + here;
    }
    String line =
        firstLine(
            message.replace("[Static type checking] - ", "").replaceFirst("^Syntax error: ", ""));
    boolean name = line.length() > 1 && Character.isUpperCase(line.charAt(1));
    return name ? line : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }

  private static String firstGroup(Matcher match) {
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    return "";
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse(text);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
