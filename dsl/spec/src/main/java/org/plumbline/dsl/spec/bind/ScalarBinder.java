// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.NumberRange;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.tree.Node;

/** Binds single values: texts, numbers, truth values, words. */
final class ScalarBinder {
  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  private static final Set<String> NOTHING = Set.of("none", "nil", "null", "undefined", "default");

  private static final Pattern RANGE = Pattern.compile("(\\d{1,6}) ?(?:-|\\.\\.|to|:) ?(\\d{1,6})");
  private static final int LONGEST_RANGE = 20;

  private final List<Diagnostic> diagnostics;

  ScalarBinder(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The value, or null if it was reported. */
  @Nullable Object bind(BindingPlace place, Field field, Type type) {
    if (!(place.node() instanceof Node.Scalar scalar)) {
      return wrong(place, type);
    } else if (type instanceof Type.Text) {
      return text(place, scalar, field);
    } else if (type instanceof Type.Flag) {
      return flag(place, scalar);
    } else if (type instanceof Type.Choice choice) {
      return word(place, scalar, choice);
    } else if (type instanceof Type.Whole whole) {
      return whole(place, scalar, field, whole);
    }
    return real(place, scalar, field);
  }

  /** Whether a key can have a value that is no text of any kind. */
  static boolean fits(Node.Scalar scalar, Field field) {
    Object value = scalar.value();
    if (value instanceof Number number) {
      boolean kind =
          field.type() instanceof Type.Real
              || (field.type() instanceof Type.Whole && number instanceof Long);
      NumberRange range = field.range();
      return kind && (range == null || range.contains(number.doubleValue()));
    } else if (value instanceof Boolean) {
      return field.type() instanceof Type.Flag;
    }
    return field.type() instanceof Type.Choice choice
        && choice.constants().containsKey(scalar.text());
  }

  /** Reports a value of another kind than was asked for. */
  @Nullable Object wrong(BindingPlace place, Type type) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0302,
            place.shown(),
            "`" + place.name() + "` must be " + Wording.of(type) + ", but is " + noun(place));
    if (type instanceof Type.ListOf list && place.node() instanceof Node.Scalar scalar) {
      Optional<String> meant = meantList(scalar, list.item());
      boolean count =
          place.name().equals("seeds")
              && scalar.value() instanceof Long number
              && number > 1
              && number < LONGEST_RANGE;
      diagnostic =
          count
              ? diagnostic
                  .help("for as many seeds: `" + upTo(((Long) scalar.value()).intValue()) + "`")
                  .help("for this seed alone: `[" + scalar.text() + "]`")
              : meant.isPresent()
                  ? diagnostic.replace("write `" + meant.get() + "`", meant.get())
                  : diagnostic;
    } else if (place.node() instanceof Node.Sequence list
        && list.items().size() == 1
        && list.items().get(0) instanceof Node.Scalar only) {
      diagnostic = diagnostic.replace("write `" + only.text() + "`", only.text());
    } else if (place.node() instanceof Node.Sequence
        && place.path().size() > 2
        && place.path().get(0).equals("policies")) {
      diagnostic =
          diagnostic.help(
              "to try all of them, sweep: `over: { "
                  + String.join(".", place.path())
                  + ": [ … ] }` in `sweep`");
    } else if (type instanceof Type.Text && place.node() instanceof Node.Mapping) {
      diagnostic = diagnostic.help("quote it if it is text: `: ` makes keys of what it stands in");
    }
    diagnostics.add(diagnostic);
    return null;
  }

  /** The value alone in a list; of a range of numbers, all of them. */
  private static Optional<String> meantList(Node.Scalar scalar, Type item) {
    boolean numbers = item instanceof Type.Whole || item instanceof Type.Real;
    Matcher range = RANGE.matcher(scalar.text());
    if (!numbers || scalar.value() instanceof Number) {
      return Optional.of("[" + scalar.text() + "]");
    } else if (!range.matches()) {
      boolean listed = scalar.text().matches("[-+\\d., eE]+");
      return listed ? Optional.of("[" + scalar.text().strip() + "]") : Optional.empty();
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    return from < to && to - from < LONGEST_RANGE
        ? Optional.of(IntStream.rangeClosed(from, to).boxed().toList().toString())
        : Optional.empty();
  }

  private static String upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList().toString();
  }

  private static String noun(BindingPlace place) {
    return place.node().noun();
  }

  private @Nullable Object text(BindingPlace place, Node.Scalar scalar, Field field) {
    if (!(scalar.value() instanceof String text)) {
      String quoted = "\"" + scalar.text() + "\"";
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0302,
                  place.shown(),
                  "`" + place.name() + "` must be text, but is " + noun(place))
              .replace("quote it: `" + quoted + "`", quoted));
      return null;
    } else if (text.isEmpty()) {
      diagnostics.add(
          Diagnostic.of(Code.PLB0310, place.shown(), "`" + place.name() + "` is an empty text")
              .help("write something between the quotes, or leave it out"));
      return null;
    } else if (field.inFile() && !PlainPath.isPath(text)) {
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0339,
                  place.shown(),
                  "`" + place.name() + "` cannot be the path of a file or folder")
              .help(
                  "a path holds no zero character, no halves of characters and nothing that the"
                      + " names of files cannot be written with on this machine"));
      return null;
    }
    return text;
  }

  private @Nullable Object flag(BindingPlace place, Node.Scalar scalar) {
    if (scalar.value() instanceof Boolean) {
      return scalar.value();
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0302,
            place.shown(),
            "`" + place.name() + "` must be `true` or `false`, but is " + noun(place));
    String meant =
        switch (scalar.text().toLowerCase(Locale.ROOT)) {
          case "yes", "on", "y", "1" -> "true";
          case "no", "off", "n", "0" -> "false";
          default -> "";
        };
    diagnostics.add(
        meant.isEmpty() ? diagnostic : diagnostic.replace("write `" + meant + "`", meant));
    return null;
  }

  private @Nullable Object word(BindingPlace place, Node.Scalar scalar, Type.Choice choice) {
    Object constant = choice.constants().get(scalar.text());
    if (constant != null) {
      return constant;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0304,
            place.shown(),
            "`" + place.name() + "` cannot be `" + scalar.text() + "`");
    Optional<String> meant = Suggest.near(scalar.text(), choice.constants().keySet());
    if (meant.isPresent()) {
      diagnostic = diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
    } else if (choice.constants().size() == 1) {
      String only = choice.constants().keySet().iterator().next();
      diagnostic = diagnostic.replace("write `" + only + "`", only);
    }
    diagnostics.add(diagnostic.note("it can be " + Suggest.list(choice.constants().keySet())));
    return null;
  }

  private @Nullable Object whole(
      BindingPlace place, Node.Scalar scalar, Field field, Type.Whole type) {
    if (scalar.value() instanceof Long number) {
      boolean fits = type.bits() == 64 || number.intValue() == number;
      if (outside(place, scalar, field, number)) {
        return null;
      } else if (!fits) {
        return tooLarge(place, scalar);
      }
      return type.bits() == 64 ? (Object) number : (Object) number.intValue();
    } else if (scalar.value() instanceof BigInteger) {
      return tooLarge(place, scalar);
    } else if (scalar.value() instanceof Double number && Double.isFinite(number)) {
      Diagnostic diagnostic =
          Diagnostic.of(
              Code.PLB0305,
              place.shown(),
              "`" + place.name() + "` must be a whole number, but is " + scalar.text());
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      String written = whole ? Wording.number(number) : "";
      diagnostics.add(whole ? diagnostic.replace("write `" + written + "`", written) : diagnostic);
      return null;
    }
    return notNumber(place, scalar, field, type);
  }

  private @Nullable Object real(BindingPlace place, Node.Scalar scalar, Field field) {
    double number;
    if (scalar.value() instanceof Number any) {
      number = any.doubleValue();
    } else {
      return notNumber(place, scalar, field, new Type.Real());
    }
    if (!Double.isFinite(number)) {
      return notNumber(place, scalar, field, new Type.Real());
    }
    return outside(place, scalar, field, number) ? null : number;
  }

  private @Nullable Object tooLarge(BindingPlace place, Node.Scalar scalar) {
    diagnostics.add(
        Diagnostic.of(
            Code.PLB0306, place.shown(), "`" + place.name() + "` is too large: " + scalar.text()));
    return null;
  }

  private @Nullable Object notNumber(
      BindingPlace place, Node.Scalar scalar, Field field, Type type) {
    boolean text = scalar.value() instanceof String;
    if (scalar.value() instanceof Double
        || (text && NOT_FINITE.contains(scalar.text().toLowerCase(Locale.ROOT)))) {
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0303,
                  place.shown(),
                  "`" + place.name() + "` must be a finite number, but is " + scalar.text())
              .note(Wording.meaning(field)));
      return null;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0302,
            place.shown(),
            "`" + place.name() + "` must be " + Wording.of(type) + ", but is " + noun(place));
    Optional<String> meant =
        text ? MeantNumber.of(scalar.text(), type instanceof Type.Whole) : Optional.empty();
    if (meant.isPresent()) {
      diagnostic = diagnostic.replace("write `" + meant.get() + "`", meant.get());
    } else if (text && MeantNumber.isAmbiguous(scalar.text())) {
      String grouped = scalar.text().strip().replace(",", "");
      String pointed = scalar.text().strip().replace(',', '.');
      diagnostic = diagnostic.help("write `" + grouped + "` or `" + pointed + "`, as is meant");
    } else if (text && scalar.text().matches("[-+\\d.eE]+#.*")) {
      String apart = scalar.text().replaceFirst("#", " #");
      diagnostic = diagnostic.replace("a comment starts after a space: `" + apart + "`", apart);
    } else if (text && scalar.text().matches("[-+\\d.eE]+( +[-+\\d.eE]+)+")) {
      diagnostic = diagnostic.help("write one number; in a list, put a comma between two");
    } else if (text && NOTHING.contains(scalar.text().toLowerCase(Locale.ROOT))) {
      diagnostic = diagnostic.help("leave the key out").note(Wording.meaning(field));
    } else if (text && scalar.text().strip().matches("[-+]?[\\d.]+ ?[A-Za-z]+")) {
      diagnostic = diagnostic.help("write the number alone: " + unit(field));
    }
    diagnostics.add(diagnostic);
    return null;
  }

  private static String unit(Field field) {
    return field.unit().isEmpty() ? "it has no unit here" : "its unit is " + field.unit();
  }

  private boolean outside(BindingPlace place, Node.Scalar scalar, Field field, double number) {
    NumberRange range = field.range();
    if (range == null || range.contains(number)) {
      return false;
    }
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0301,
                place.shown(),
                "`" + place.name() + "` must be " + Wording.of(range) + ", but is " + scalar.text())
            .note(Wording.meaning(field)));
    return true;
  }
}
