package org.plumbline.dsl.groovy.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.Code;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.SourceFile;
import org.plumbline.dsl.model.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
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
    return ours && level(blocks).isEmpty();
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
    Optional<Level> level = level(blocks);
    if (level.isEmpty()) {
      return Diagnostic.of(Code.PLB0102, span, "unknown word `" + name + "`")
          .help("a script has one block `experiment(\"name\") { … }`");
    }
    ScriptText.Opened inner = blocks.get(blocks.size() - 1);
    String owner = inner.name().isEmpty() ? inner.word() : inner.name();
    String where = blocks.size() == 1 ? "" : " in `" + owner + "`";
    List<String> words = level.get().words();
    boolean kinds = !level.get().kinds().isEmpty();
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
            .or(() -> Suggest.alias(snake(name), snakes).map(ScriptText::camel));
    if (meant.isPresent()) {
      return diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
    }
    return diagnostic.help("known here: " + Suggest.list(words));
  }

  /** The block further out that has this key. */
  private static Optional<String> outer(List<ScriptText.Opened> blocks, String name) {
    for (int depth = blocks.size() - 1; depth > 0; depth--) {
      Optional<Level> level = level(blocks.subList(0, depth));
      if (level.isPresent() && level.get().words().contains(name)) {
        return Optional.of(blocks.get(depth - 1).word());
      }
    }
    return Optional.empty();
  }

  private Diagnostic wrongType(Span span) {
    String line = text.words(text.line(span.start().line()));
    Optional<Level> level = level(text.around(span.start()));
    if (level.isPresent()) {
      for (Field field : level.get().fields()) {
        Matcher assignment =
            Pattern.compile("\\b" + field.component() + "\\s*=\\s*([^;}\\n]+)").matcher(line);
        if (assignment.find()) {
          Span key = text.key(span.start().line(), field.name());
          String value = assignment.group(1).strip();
          return Diagnostic.of(
              Code.PLB0302,
              key,
              "`"
                  + field.component()
                  + "` must be "
                  + Wording.of(field.type())
                  + ", but is "
                  + value);
        }
      }
    }
    return Diagnostic.of(Code.PLB0302, span, "a value of another kind is needed here");
  }

  /** What may stand in a block: keys, or kinds to choose from. */
  private record Level(List<Field> fields, List<Shape> kinds) {
    List<String> words() {
      List<String> words = new ArrayList<>();
      fields.forEach(field -> words.add(word(field)));
      kinds.forEach(kind -> words.add(ScriptText.camel(kind.kind())));
      return words;
    }

    private static String word(Field field) {
      boolean entries =
          field.type() instanceof Type.MapOf map && !(map.value() instanceof Type.OneKind);
      boolean named = entries && field.named().matches("[a-z]+");
      boolean anything =
          field.type() instanceof Type.MapOf map && map.value() instanceof Type.Anything;
      return named && !anything ? field.named() : field.component();
    }
  }

  private static Optional<Level> level(List<ScriptText.Opened> blocks) {
    if (blocks.isEmpty() || !blocks.get(0).word().equals("experiment")) {
      return Optional.empty();
    }
    Level level = new Level(Shape.of(Experiment.class).fields(), List.of());
    for (ScriptText.Opened block : blocks.subList(1, blocks.size())) {
      Optional<Level> inner = inner(level, block.word());
      if (inner.isEmpty()) {
        return Optional.empty();
      }
      level = inner.get();
    }
    return Optional.of(level);
  }

  private static Optional<Level> inner(Level level, String word) {
    for (Shape kind : level.kinds()) {
      if (ScriptText.camel(kind.kind()).equals(word)) {
        return Optional.of(new Level(kind.fields(), List.of()));
      }
    }
    for (Field field : level.fields()) {
      if (Level.word(field).equals(word)) {
        Type type = field.type() instanceof Type.MapOf map ? map.value() : field.type();
        if (type instanceof Type.Block block) {
          return Optional.of(new Level(block.shape().fields(), List.of()));
        } else if (type instanceof Type.OneKind choice) {
          return Optional.of(new Level(List.of(), choice.kinds()));
        }
      }
    }
    return Optional.empty();
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
