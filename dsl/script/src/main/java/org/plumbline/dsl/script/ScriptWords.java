// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;
import org.plumbline.dsl.spec.bind.MeantNumber;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.bind.Wording;

/** Explains words that are not known where they stand, and those that are used in another way. */
final class ScriptWords {
  static final String OTHER_KIND = "a value of another kind is needed here";

  private static final Pattern ASSIGNED = Pattern.compile("\\b(\\w+)\\s*=(?!=)\\s*([^;}]*)");
  private static final Pattern RANGE =
      Pattern.compile("(?:listOf)?\\(?(\\d{1,6}) ?\\.\\. ?(\\d{1,6})\\)?");
  private static final int LONGEST_RANGE = 20;
  private static final Pattern CALLED = Pattern.compile("\\b(\\w+)\\s*\\(");

  private final ScriptText text;

  ScriptWords(ScriptText text) {
    this.text = text;
  }

  /** The words of the innermost of these blocks; empty if it is unknown. */
  static Optional<Vocabulary> vocabulary(List<ScriptText.Opened> blocks) {
    if (blocks.isEmpty() || !blocks.get(0).word().equals("experiment")) {
      return Optional.empty();
    }
    Optional<Vocabulary> inner = Optional.of(Vocabulary.ofExperiment());
    for (ScriptText.Opened block : blocks.subList(1, blocks.size())) {
      inner = inner.flatMap(outer -> outer.word(block.word())).flatMap(Word::block);
    }
    return inner;
  }

  /** A word of the block around a place. */
  Optional<Word> known(Span span, String name) {
    return vocabulary(text.around(span.start())).flatMap(block -> block.word(name));
  }

  /** A word that a compiler does not know. */
  Diagnostic unknown(Span span, String name) {
    List<ScriptText.Opened> blocks = text.around(span.start());
    Optional<Vocabulary> known = vocabulary(blocks);
    Optional<Diagnostic> around = known.isEmpty() ? misusedAround(blocks) : Optional.empty();
    if (around.isPresent()) {
      return around.get();
    } else if (name.equals("experiment")) {
      return experiment(span);
    } else if (known.isEmpty()) {
      Diagnostic unknown = Diagnostic.of(Code.PLB0102, span, "unknown word `" + name + "`");
      return sectionOf(name)
          .map(
              section ->
                  unknown.help(
                      "`%s` is a word of `%s { … }`: write it, or the function around it, in there"
                          .formatted(name, section)))
          .orElseGet(() -> unknown.help("a script has one block `experiment(\"name\") { … }`"));
    }
    Optional<Word> word = known.get().word(name);
    Optional<Diagnostic> value = asValue(span, name);
    if (value.isPresent()) {
      return value.get();
    } else if (word.isPresent()) {
      return misused(span, word.get());
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
    boolean set = behind(span).startsWith("=");
    Optional<String> elsewhere = outer(blocks, name, set).or(() -> below(known.get(), name));
    List<String> snakes = words.stream().map(ScriptWords::snake).toList();
    Optional<String> meant =
        Suggest.near(name, words)
            .or(() -> Suggest.alias(snake(name), snakes).map(Vocabulary::camel));
    if (elsewhere.isPresent()) {
      return diagnostic.help("`" + name + "` belongs in `" + elsewhere.get() + "`");
    } else if (kinds && behind(span).startsWith("{")) {
      return diagnostic.help(
          "a block starts with its kind: write `%s(\"%s\") { … }`"
              .formatted(meant.orElse("KIND"), name));
    } else if (meant.isPresent() && isSetAsEntry(span, known.get().word(meant.get()))) {
      return diagnostic.help("write `" + meant.get() + "(\"name\", …)`, once for each");
    } else if (meant.isPresent()) {
      return diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
    }
    return diagnostic.help("known here: " + Suggest.list(words));
  }

  /** The section whose entries may be of this kind. */
  private static Optional<String> sectionOf(String kind) {
    return Vocabulary.ofExperiment().words().stream()
        .filter(word -> word.form() == Word.Form.SECTION)
        .filter(word -> word.block().flatMap(block -> block.word(kind)).isPresent())
        .map(Word::word)
        .findFirst();
  }

  private String behind(Span span) {
    String line = text.text(span.start().line());
    return line.substring(Math.min(line.length(), span.end().column() - 1)).strip();
  }

  /** {@code weights = mapOf(…)}, where {@code weight("name", …)} is one of them. */
  private boolean isSetAsEntry(Span span, Optional<Word> word) {
    return behind(span).startsWith("=")
        && word.filter(one -> one.form() == Word.Form.ENTRY && one.block().isEmpty()).isPresent();
  }

  /** The block of a whole script, without its name. */
  static Diagnostic experiment(Span span) {
    return Diagnostic.of(Code.PLB0111, span, "`experiment` takes a name and a block of keys")
        .help("write `experiment(\"name\") { … }`");
  }

  /** The innermost word around that is known, and given braces although it has none. */
  private Optional<Diagnostic> misusedAround(List<ScriptText.Opened> blocks) {
    for (int depth = blocks.size() - 1; depth > 0; depth--) {
      ScriptText.Opened block = blocks.get(depth);
      Optional<Word> word =
          vocabulary(blocks.subList(0, depth)).flatMap(outer -> outer.word(block.word()));
      if (word.isPresent() && word.get().block().isEmpty()) {
        return Optional.of(misused(text.key(block.line(), block.word()), word.get()));
      }
    }
    return Optional.empty();
  }

  /** The block further out that has this key. */
  private static Optional<String> outer(List<ScriptText.Opened> blocks, String name, boolean set) {
    for (int depth = blocks.size() - 1; depth > 0; depth--) {
      Optional<Word> word = vocabulary(blocks.subList(0, depth)).flatMap(block -> block.word(name));
      if (word.filter(one -> set == (one.form() == Word.Form.PROPERTY)).isPresent()) {
        return Optional.of(blocks.get(depth - 1).word());
      }
    }
    return Optional.empty();
  }

  /** The block further in that has this word: {@code regularizers { kl { … } }}. */
  private static Optional<String> below(Vocabulary block, String name) {
    for (Word word : block.words()) {
      boolean one = word.form() == Word.Form.BLOCK || word.form() == Word.Form.SECTION;
      Optional<Vocabulary> inner = one ? word.block() : Optional.empty();
      if (inner.isPresent() && inner.get().word(name).isPresent()) {
        return Optional.of(word.word() + " { … }");
      }
    }
    for (Word word : block.words()) {
      Optional<String> deeper =
          word.form() == Word.Form.BLOCK
              ? word.block().flatMap(inner -> below(inner, name))
              : Optional.empty();
      if (deeper.isPresent()) {
        return deeper.map(inside -> word.word() + " { " + inside + " }");
      }
    }
    return Optional.empty();
  }

  /** A word that is known, but not in the form that it is written in. */
  Diagnostic misused(Span span, Word word) {
    String name = word.word();
    String line = text.text(span.start().line());
    Matcher bare = Pattern.compile("\\b" + name + "\\(\\s*([A-Za-z_]\\w*)\\s*\\)").matcher(line);
    if (bare.find() && word.form() != Word.Form.PROPERTY) {
      Span inside = text.span(span.start().line(), bare.start(1), bare.end(1));
      String quoted = "\"" + bare.group(1) + "\"";
      return Diagnostic.of(Code.PLB0302, inside, "there is no variable `" + bare.group(1) + "`")
          .replace("if it is text, write `" + quoted + "`", quoted);
    }
    Optional<String> value = word.value().map(ScriptWords::example);
    boolean named = word.form() == Word.Form.ENTRY || word.form() == Word.Form.KIND;
    String inside = main(word).map(main -> " { " + main + " = … }").orElse(" { … }");
    String block = name + (named ? "(\"name\")" : "") + inside;
    if (word.form() == Word.Form.PROPERTY) {
      return Diagnostic.of(Code.PLB0111, span, "`" + name + "` is a key, and is set with `=`")
          .help("write `" + name + " = …`");
    } else if (word.takesPath()) {
      boolean swept = word.value().isEmpty();
      String values = swept ? "listOf(…)" : "…";
      return Diagnostic.of(
              Code.PLB0111,
              span,
              "`%s` takes a path into the spec and %s"
                  .formatted(name, swept ? "its values" : "a value"))
          .help("write `%s(\"policies.NAME.KIND.KEY\", %s)`".formatted(name, values));
    } else if (word.block().isEmpty() && value.isPresent()) {
      return Diagnostic.of(
              Code.PLB0111,
              span,
              "`" + name + "` takes a name and " + word.value().map(Wording::of).orElse("a value"))
          .help("write `" + name + "(\"name\", " + value.get() + ")`");
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0111,
            span,
            "`" + name + "` takes " + (named ? "a name and " : "") + "a block of keys");
    Optional<String> rewritten = keysInBraces(line, word);
    String first = named ? "\"name\", " : "";
    Optional<String> alone =
        value.map(one -> "or `" + name + "(" + first + one + ")` with its main key alone");
    diagnostic = diagnostic.help("write `" + rewritten.orElse(block) + "`");
    return rewritten.isEmpty() && alone.isPresent() && !line.contains("=")
        ? diagnostic.help(alone.get())
        : diagnostic;
  }

  /** The key that a block of this word is mostly about; empty if it has none of that sort. */
  static Optional<String> main(Word word) {
    return word.type() instanceof Type.Block block && word.form() == Word.Form.BLOCK
        ? block.shape().main().map(Field::name).map(Vocabulary::camel)
        : Optional.empty();
  }

  /** The same of the innermost of these blocks. */
  static Optional<String> main(List<ScriptText.Opened> blocks) {
    int last = blocks.size() - 1;
    return last < 1
        ? Optional.empty()
        : vocabulary(blocks.subList(0, last))
            .flatMap(outer -> outer.word(blocks.get(last).word()))
            .flatMap(ScriptWords::main);
  }

  /** The call with what stands in its brackets behind the name set in braces instead. */
  private static Optional<String> keysInBraces(String line, Word word) {
    Matcher call =
        Pattern.compile("\\b" + word.word() + "\\(\\s*(?:(\"[^\"]*\")\\s*,)?\\s*([^()]*)\\)")
            .matcher(line);
    if (!call.find() || word.block().isEmpty()) {
      return Optional.empty();
    }
    List<String> keys = new java.util.ArrayList<>();
    for (String argument : call.group(2).split(",", -1)) {
      String[] two = argument.strip().split("\\s*[:=]\\s*", 2);
      if (two.length < 2 || word.block().flatMap(inner -> inner.word(two[0])).isEmpty()) {
        return Optional.empty();
      }
      keys.add(two[0] + " = " + two[1]);
    }
    String head = word.word() + (call.group(1) == null ? "" : "(" + call.group(1) + ")") + " { ";
    return Optional.of(head + String.join("; ", keys) + " }");
  }

  private static String example(Type type) {
    if (type instanceof Type.ListOf) {
      return "listOf(…)";
    }
    return type instanceof Type.Whole || type instanceof Type.Real ? "1" : "…";
  }

  /** A word that stands where a value is asked for: most likely a text without its quotes. */
  private Optional<Diagnostic> asValue(Span span, String name) {
    String line = text.text(span.start().line());
    String before = line.substring(0, Math.min(line.length(), span.start().column() - 1)).strip();
    if (before.isEmpty() || "=(,+".indexOf(before.charAt(before.length() - 1)) < 0) {
      return Optional.empty();
    }
    String after = behind(span);
    if (after.startsWith("(")) {
      Diagnostic call = Diagnostic.of(Code.PLB0302, span, "there is no function `" + name + "`");
      return Optional.of(call.help("a list is written `listOf(1, 2)`"));
    }
    Matcher assigned = Pattern.compile("(\\w+)\\s*=$").matcher(before);
    Optional<Type> type =
        assigned.find() ? known(span, assigned.group(1)).map(Word::type) : Optional.empty();
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0302, span, "there is no variable `" + name + "`");
    Optional<String> block = blockIn(name);
    if (block.isPresent()) {
      return Optional.of(
          diagnostic.replace(
              "a block is called by its name: write `" + block.get() + "`", block.get()));
    }
    Matcher file = Pattern.compile("(?:[.-]\\w+)+(?=\\W|$)(?!\\()").matcher(after);
    if (type.filter(of -> of instanceof Type.Text).isPresent() && file.lookingAt()) {
      String whole = "\"" + name + file.group() + "\"";
      return Optional.of(diagnostic.help("if it is text, write `" + whole + "`"));
    }
    boolean text =
        type.isEmpty() || type.get() instanceof Type.Text || type.get() instanceof Type.Choice;
    return Optional.of(
        text
            ? diagnostic.replace("if it is text, write `\"" + name + "\"`", "\"" + name + "\"")
            : Set.of("None", "nil", "undefined", "NULL", "nan").contains(name)
                ? diagnostic.help("leave `" + assigned.group(1) + "` out, and it has its default")
                : diagnostic.help("`" + assigned.group(1) + "` must be " + Wording.of(type.get())));
  }

  /** The name, in quotes, of the block that a line makes a variable of. */
  private Optional<String> blockIn(String variable) {
    Pattern declared =
        Pattern.compile("\\b(?:def|val|var) " + variable + " *= *\\w+\\((\"[^\"]*\")\\)\\s*\\{");
    return IntStream.range(1, text.lines() + 1)
        .mapToObj(line -> declared.matcher(text.text(line)))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /** A value of another type than its key has. */
  Diagnostic wrongType(Span span) {
    int line = span.start().line();
    Matcher assignment = ASSIGNED.matcher(text.text(line));
    int from = span.start().column() - 1;
    Word key = null;
    Span place = span;
    String value = "";
    while (assignment.find() && assignment.start() <= from) {
      Optional<Word> word =
          known(text.span(line, assignment.start(), assignment.end(1)), assignment.group(1));
      if (word.isPresent() && word.get().form() == Word.Form.PROPERTY) {
        key = word.get();
        value = assignment.group(2).replaceFirst("\\s//.*", "").strip();
        place = text.span(line, assignment.start(2), assignment.start(2) + value.length());
      }
    }
    if (key != null) {
      return wrongType(place, key, value);
    }
    Matcher call = CALLED.matcher(text.text(line));
    Word called = null;
    while (call.find() && call.start() <= from) {
      called = known(text.span(line, call.start(), call.end(1)), call.group(1)).orElse(called);
    }
    return called != null && called.form() != Word.Form.PROPERTY
        ? misused(span, called)
        : Diagnostic.of(Code.PLB0302, span, OTHER_KIND);
  }

  private static Diagnostic wrongType(Span place, Word key, String value) {
    String must = "`%s` must be %s, but is %s".formatted(key.word(), of(key.type()), value);
    Diagnostic diagnostic = Diagnostic.of(Code.PLB0302, place, must);
    return meant(key.type(), value)
        .filter(right -> !right.equals(value))
        .map(right -> diagnostic.replace("write `" + right + "`", right))
        .orElse(diagnostic);
  }

  private static String of(Type type) {
    return type instanceof Type.ListOf list
        ? "a list of " + (example(list.item()).equals("1") ? "numbers" : "texts")
        : Wording.of(type);
  }

  /** The value as it should be written. */
  private static Optional<String> meant(Type type, String value) {
    String inside = value.replaceAll("^[\"']|[\"']$", "");
    boolean quoted = !inside.equals(value);
    if (type instanceof Type.Whole || type instanceof Type.Real) {
      return quoted ? MeantNumber.of(inside, type instanceof Type.Whole) : Optional.empty();
    } else if (type instanceof Type.Flag) {
      return switch (inside.toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "1" -> Optional.of("true");
        case "false", "no", "off", "0" -> Optional.of("false");
        default -> Optional.empty();
      };
    } else if (type instanceof Type.Text || type instanceof Type.Choice) {
      Matcher one = Pattern.compile("listOf\\((\"[^\"]*\")\\)").matcher(value);
      if (one.matches()) {
        return Optional.of(one.group(1));
      }
      boolean plain = value.matches("[-\\w.]+");
      return plain ? Optional.of("\"" + value + "\"") : Optional.empty();
    } else if (type instanceof Type.ListOf list) {
      return list(list.item(), value, quoted);
    }
    return Optional.empty();
  }

  private static Optional<String> list(Type item, String value, boolean quoted) {
    boolean numbers = example(item).equals("1");
    Matcher range = RANGE.matcher(value);
    if (numbers && range.matches()) {
      return range(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    }
    if (value.startsWith("listOf(") && numbers) {
      String bare = value.replaceAll("[\"']", "");
      return bare.matches("listOf\\([-\\d., eE]+\\)") ? Optional.of(bare) : Optional.empty();
    }
    boolean one = numbers ? value.matches("[-\\d.eE]+") : quoted;
    String quote = quoted ? value.substring(0, 1) : "";
    String items = quoted ? value.replaceAll("\\s*,\\s*", quote + ", " + quote) : value;
    return one ? Optional.of("listOf(" + items + ")") : Optional.empty();
  }

  /** All numbers from one to another, if they are few. */
  private static Optional<String> range(int first, int last) {
    return first < last && last - first < LONGEST_RANGE
        ? Optional.of(
            IntStream.rangeClosed(first, last)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "listOf(", ")")))
        : Optional.empty();
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
