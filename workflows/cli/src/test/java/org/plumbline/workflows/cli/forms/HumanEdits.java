// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes that mean something, as people make them by mistake: a key misspelled, a line in
 * the wrong block or there twice, a sign of another language, a unit behind a number.
 */
final class HumanEdits {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w{2,}");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.\"'])-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?(?![\\w\"'])");

  private static final List<String> VALUES =
      List.of(
          "0.5",
          "7",
          "-1",
          "true",
          "false",
          "null",
          "\"sft\"",
          "sft",
          "[1]",
          "[sft]",
          "{}",
          "[]",
          "\"\"",
          "\"5\"",
          "listOf(7)",
          "listOf(\"sft\")",
          "listOf()",
          "yes",
          "~",
          "1e400",
          "0",
          "1.0",
          "'sft'",
          "\"0.5\"",
          "dpo",
          "auto",
          "none",
          "default",
          "{ beta = 0.5 }",
          "5 steps",
          "50%");

  private final EditWords words;
  private final List<String> donors;
  private final List<Edit> edits;

  HumanEdits(EditWords words, List<String> texts) {
    this.words = words;
    this.donors =
        texts.stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith(words.comment()))
            .distinct()
            .toList();
    this.edits = edits();
  }

  /** A place in a text, and chance. */
  private record Place(List<String> lines, int at, SplittableRandom random) {
    String line() {
      return lines.get(at);
    }

    String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }

    String indent() {
      return line().substring(0, line().length() - line().stripLeading().length());
    }

    String with(String line) {
      List<String> all = new ArrayList<>(lines);
      all.set(at, line);
      return String.join("\n", all);
    }

    String without() {
      List<String> all = new ArrayList<>(lines);
      all.remove(at);
      return String.join("\n", all);
    }

    String before(String line) {
      List<String> all = new ArrayList<>(lines);
      all.add(at, line);
      return String.join("\n", all);
    }

    /** The line with one of these in it replaced; null if there is none. */
    @Nullable String replaced(Pattern pattern, UnaryOperator<String> by) {
      List<MatchResult> found = pattern.matcher(line()).results().toList();
      if (found.isEmpty()) {
        return null;
      }
      MatchResult one = found.get(random.nextInt(found.size()));
      return with(
          line().substring(0, one.start()) + by.apply(one.group()) + line().substring(one.end()));
    }
  }

  private record Edit(String kind, Function<Place, @Nullable String> apply) {}

  private List<Edit> edits() {
    return List.of(
        new Edit("letter", p -> p.replaced(WORD, word -> misspelled(word, p.random()))),
        new Edit("letter", p -> p.replaced(WORD, word -> misspelled(word, p.random()))),
        new Edit("word", p -> p.replaced(WORD, word -> otherWord(p))),
        new Edit("case", p -> p.replaced(WORD, word -> otherCase(word, p.random()))),
        new Edit("doubled", p -> p.before(p.line())),
        new Edit("left out", Place::without),
        new Edit("copied", p -> p.before(p.indent() + p.pick(p.lines()).strip())),
        new Edit("donated", p -> p.before(p.indent() + p.pick(donors))),
        new Edit("donated", p -> p.before(p.indent() + p.pick(donors))),
        new Edit("moved", this::moved),
        new Edit("stray", p -> p.before(p.indent() + p.pick(words.strays()))),
        new Edit("stray", p -> p.before(p.indent() + p.pick(words.strays()))),
        new Edit("stray", p -> p.before(p.indent() + p.pick(words.strays()))),
        new Edit("tail", p -> p.with(p.line() + p.pick(words.tails()))),
        new Edit("tail", p -> p.with(p.line() + p.pick(words.tails()))),
        new Edit("comment", p -> p.with(p.indent() + words.comment() + " " + p.line().strip())),
        new Edit(
            "half a comment",
            p -> p.replaced(Pattern.compile(" (?=\\S)"), s -> " " + words.comment())),
        new Edit(
            "sign", p -> p.replaced(Pattern.compile(words.sign()), s -> p.pick(words.signs()))),
        new Edit(
            "sign", p -> p.replaced(Pattern.compile(words.sign()), s -> p.pick(words.signs()))),
        new Edit("number", p -> p.replaced(NUMBER, number -> otherNumber(number, p))),
        new Edit("number", p -> p.replaced(NUMBER, number -> otherNumber(number, p))),
        new Edit(
            "value",
            p ->
                p.replaced(
                    Pattern.compile("(?<=" + words.sign().strip() + " ).*"), v -> p.pick(VALUES))),
        new Edit("deeper", p -> p.with("  " + p.line())),
        new Edit(
            "shallower", p -> p.line().startsWith("  ") ? p.with(p.line().substring(2)) : null),
        new Edit("block deeper", p -> block(p, "  ")),
        new Edit("block shallower", p -> block(p, "")),
        new Edit(
            "broken line", p -> p.replaced(Pattern.compile(" (?=\\S)"), s -> "\n" + p.indent())),
        new Edit("joined lines", this::joined),
        new Edit(
            "bracket",
            p -> p.replaced(Pattern.compile("[\\[\\](){},]"), s -> p.pick(words.brackets()))),
        new Edit("bracket left out", p -> p.replaced(Pattern.compile("[\\[\\](){},;]"), s -> "")),
        new Edit("quotes", p -> p.replaced(Pattern.compile("[\"']"), s -> "")),
        new Edit("quoted", p -> p.replaced(WORD, word -> "\"" + word + "\"")));
  }

  /** The next edit of a text that changes it; the seed decides which. */
  HumanEdit make(String text, SplittableRandom random) {
    List<String> lines = List.of(text.split("\n", -1));
    while (true) {
      int at = random.nextInt(lines.size());
      Edit edit = edits.get(random.nextInt(edits.size()));
      String line = lines.get(at).strip();
      if (!line.isEmpty() && !line.startsWith(words.comment())) {
        String edited = edit.apply.apply(new Place(lines, at, random));
        if (edited != null && !edited.equals(text)) {
          return new HumanEdit(edit.kind, at + 1, edited);
        }
      }
    }
  }

  private static String misspelled(String word, SplittableRandom random) {
    int at = random.nextInt(word.length() - 1);
    return switch (random.nextInt(4)) {
      case 0 -> word.substring(0, at) + word.substring(at + 1);
      case 1 -> word.substring(0, at + 1) + word.substring(at);
      case 2 ->
          word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
      default -> word + "s";
    };
  }

  private static String otherWord(Place place) {
    List<String> words =
        WORD.matcher(String.join("\n", place.lines())).results().map(MatchResult::group).toList();
    return place.pick(words);
  }

  private static String otherCase(String word, SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> Character.toUpperCase(word.charAt(0)) + word.substring(1);
      case 1 -> word.toUpperCase(Locale.ROOT);
      default ->
          word.contains("_")
              ? word.replace("_", "-")
              : word.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    };
  }

  private static String otherNumber(String number, Place place) {
    return place.pick(
        Stream.of(
                "\"%s\"",
                "'%s'",
                "%s%%",
                "%sk",
                "%sf",
                "%sL",
                "%sd",
                "[%s]",
                "listOf(%s)",
                "-%s",
                "%s0",
                "%s,5",
                "%s.5",
                "%s steps",
                "%ss",
                "0%s",
                "%s, %s",
                "1/%s",
                "%s e3",
                "~%s",
                "%s.0",
                "{%s}",
                "(%s)",
                "+%s",
                "%s_000",
                "%s.",
                ".%s",
                "0x%s",
                "%s M",
                "<%s",
                "=%s",
                "%s..%s",
                "%s-%s",
                "%s * 2",
                "%s + 1",
                "%sG",
                "%su",
                "2 %s",
                "%s 2",
                "- %s",
                "%s; 2",
                "%s // 2",
                "%s # 2",
                "\n%s",
                "{ %s }",
                "?%s",
                "%s?",
                "if (true) %s else 2",
                "true",
                "null",
                "!%s",
                "%s == 2",
                "%se",
                "1e%s")
            .map(form -> form.replace("%s", number).replace("%%", "%"))
            .toList());
  }

  private @Nullable String moved(Place place) {
    List<String> all = new ArrayList<>(place.lines());
    String line = all.remove(place.at());
    int to = place.random().nextInt(all.size());
    String near = all.get(to);
    String indent = near.substring(0, near.length() - near.stripLeading().length());
    all.add(to, indent + line.strip());
    return String.join("\n", all);
  }

  private @Nullable String joined(Place place) {
    if (place.at() + 1 >= place.lines().size()) {
      return null;
    }
    List<String> all = new ArrayList<>(place.lines());
    all.set(place.at(), place.line() + " " + all.remove(place.at() + 1).strip());
    return String.join("\n", all);
  }

  /** A line and all that is indented below it, two spaces further in or out. */
  private static @Nullable String block(Place place, String deeper) {
    if (deeper.isEmpty() && !place.line().startsWith("  ")) {
      return null;
    }
    List<String> all = new ArrayList<>(place.lines());
    int own = place.indent().length();
    for (int i = place.at(); i < all.size(); i++) {
      String line = all.get(i);
      int indent = line.length() - line.stripLeading().length();
      if (i > place.at() && !line.isBlank() && indent <= own) {
        break;
      }
      all.set(i, deeper.isEmpty() ? line.replaceFirst("^  ", "") : deeper + line);
    }
    return String.join("\n", all);
  }
}
