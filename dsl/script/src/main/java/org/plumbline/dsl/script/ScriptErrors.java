// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.bind.Wording;

/** Says in the words of the language what a compiler says in those of its own. */
public final class ScriptErrors {
  private static final Pattern UNKNOWN_WORD =
      Pattern.compile(
          "variable \\[(\\w+)\\] is undeclared|Unresolved reference '(\\w+)'"
              + "|Cannot find matching method \\S+#(\\w+)\\(|No such property: (\\w+) "
              + "|'(?:fun|var|val) (?:<[^>]*> )?(\\w+).*cannot be called in this context");
  private static final Pattern WRONG_TYPE =
      Pattern.compile(
          "Cannot assign value of type (\\S+) to variable of type (\\S+)"
              + "|type mismatch: actual type is '([^']*)', but '([^']*)' was expected");

  private final ScriptText text;

  private ScriptErrors(SourceFile file) {
    this.text = new ScriptText(file);
  }

  /** One diagnostic for each mistake, in the order of the text. */
  public static List<Diagnostic> of(SourceFile file, List<CompileError> errors) {
    ScriptErrors translator = new ScriptErrors(file);
    Map<String, Diagnostic> byPlace = new LinkedHashMap<>();
    Map<String, Diagnostic> following = new LinkedHashMap<>();
    for (CompileError error : errors) {
      Diagnostic diagnostic = translator.translate(error);
      Map<String, Diagnostic> found = translator.follows(diagnostic) ? following : byPlace;
      found.putIfAbsent(diagnostic.code() + " " + diagnostic.primary(), diagnostic);
    }
    return List.copyOf((byPlace.isEmpty() ? following : byPlace).values());
  }

  /** Whether it is in a block that is itself unknown, so that nothing can be known in it. */
  private boolean follows(Diagnostic diagnostic) {
    List<ScriptText.Opened> blocks = text.around(diagnostic.primary().start());
    boolean ours = !blocks.isEmpty() && blocks.get(0).word().equals("experiment");
    return ours && vocabulary(blocks).isEmpty();
  }

  /** A script that threw while it was evaluated. */
  public static Diagnostic thrown(SourceFile file, Throwable thrown) {
    Span place = Span.of(file);
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String name = String.valueOf(frame.getFileName());
      if (name.endsWith(".plumb.groovy") || name.endsWith(".plumb.kts")) {
        place = new ScriptText(file).line(frame.getLineNumber());
        break;
      }
    }
    String what = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    return Diagnostic.of(Code.PLB0402, place, "the script failed here: " + firstLine(what))
        .note("a script is evaluated once, before anything else happens");
  }

  private Diagnostic translate(CompileError error) {
    Span span =
        error.line() == 0
            ? Span.of(text.file())
            : text.between(error.line(), error.column(), error.endLine(), error.endColumn());
    Matcher word = UNKNOWN_WORD.matcher(error.message());
    if (word.find()) {
      String name = firstGroup(word);
      return unknown(text.key(span.start().line(), name), name);
    }
    Matcher type = WRONG_TYPE.matcher(error.message());
    if (type.find()) {
      return wrongType(span);
    }
    String plain = error.message().replace("[Static type checking] - ", "");
    return Diagnostic.of(Code.PLB0400, span, firstLine(plain));
  }

  private Diagnostic unknown(Span span, String name) {
    List<ScriptText.Opened> blocks = text.around(span.start());
    Optional<Vocabulary> known = vocabulary(blocks);
    if (known.isEmpty()) {
      return Diagnostic.of(Code.PLB0102, span, "unknown word `" + name + "`")
          .help("a script has one block `experiment(\"name\") { … }`");
    }
    ScriptText.Opened inner = blocks.get(blocks.size() - 1);
    String owner = inner.name().isEmpty() ? inner.word() : inner.name();
    String where = blocks.size() == 1 ? "" : " in `" + owner + "`";
    List<String> words = known.get().words().stream().map(Word::word).toList();
    boolean kinds = known.get().holdsKinds();
    Code code = kinds ? Code.PLB0103 : Code.PLB0102;
    Diagnostic diagnostic =
        Diagnostic.of(
            code, span, "unknown " + (kinds ? "kind" : "key") + " `" + name + "`" + where);
    Optional<String> outer = outer(blocks, name);
    if (outer.isPresent()) {
      return diagnostic.help("`" + name + "` belongs in `" + outer.get() + "`");
    }
    List<String> snakes = words.stream().map(ScriptErrors::snake).toList();
    Optional<String> meant =
        Suggest.near(name, words)
            .or(() -> Suggest.alias(snake(name), snakes).map(Vocabulary::camel));
    if (meant.isPresent()) {
      return diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
    }
    return diagnostic.help("known here: " + Suggest.list(words));
  }

  /** The block further out that has this key. */
  private static Optional<String> outer(List<ScriptText.Opened> blocks, String name) {
    for (int depth = blocks.size() - 1; depth > 0; depth--) {
      if (vocabulary(blocks.subList(0, depth)).flatMap(block -> block.word(name)).isPresent()) {
        return Optional.of(blocks.get(depth - 1).word());
      }
    }
    return Optional.empty();
  }

  private Diagnostic wrongType(Span span) {
    String line = text.words(text.line(span.start().line()));
    List<Word> words =
        vocabulary(text.around(span.start())).map(Vocabulary::words).orElse(List.of());
    for (Word word : words) {
      Matcher assignment =
          Pattern.compile("\\b" + word.word() + "\\s*=\\s*([^;}\\n]+)").matcher(line);
      if (word.form() == Word.Form.PROPERTY && assignment.find()) {
        String message =
            "`%s` must be %s, but is %s"
                .formatted(word.word(), Wording.of(word.type()), assignment.group(1).strip());
        return Diagnostic.of(Code.PLB0302, text.key(span.start().line(), word.key()), message);
      }
    }
    return Diagnostic.of(Code.PLB0302, span, "a value of another kind is needed here");
  }

  private static Optional<Vocabulary> vocabulary(List<ScriptText.Opened> blocks) {
    if (blocks.isEmpty() || !blocks.get(0).word().equals("experiment")) {
      return Optional.empty();
    }
    Optional<Vocabulary> inner = Optional.of(Vocabulary.ofExperiment());
    for (ScriptText.Opened block : blocks.subList(1, blocks.size())) {
      inner = inner.flatMap(outer -> outer.word(block.word())).flatMap(Word::block);
    }
    return inner;
  }

  private static String firstGroup(Matcher match) {
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw new AssertionError(match);
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse(text);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
