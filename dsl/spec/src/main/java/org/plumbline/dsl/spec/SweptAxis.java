// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.SweptValues;
import org.plumbline.dsl.model.SweptValues.Spacing;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.bind.Binder;
import org.plumbline.dsl.spec.bind.Overrides;
import org.plumbline.dsl.spec.bind.Plain;
import org.plumbline.dsl.spec.bind.PlainJson;
import org.plumbline.dsl.spec.tree.Node;

/**
 * A path of a grid and the values it takes.
 *
 * @param path where it is written
 * @param values each with its place; none if something is wrong with them, which is reported
 */
record SweptAxis(Node.Entry path, List<Node> values) {
  /** Values of one path, and recipes of one grid: more in a comparison is hardly what is meant. */
  static final int MOST = 4096;

  private static final MathContext LINEAR = new MathContext(12);
  private static final MathContext LOG = new MathContext(4);
  private static final int LONGEST_WORD = 16;

  /** The axis; empty if it has no right form, which the binder reports. */
  static Optional<SweptAxis> of(Node.Entry path, List<Diagnostic> found) {
    if (path.value() instanceof Node.Sequence list) {
      return list.items().isEmpty()
          ? Optional.empty()
          : Optional.of(new SweptAxis(path, list.items()).withoutTwins(found));
    }
    if (path.value() instanceof Node.Empty) {
      found.add(
          Diagnostic.of(Code.PLB0109, path.keySpan(), "`" + path.key() + "` has no values")
              .help("give a list, as in `[0.1, 0.2]`; `[null, 0.1]` leaves the setting out first"));
      return Optional.of(new SweptAxis(path, List.of()));
    }
    Optional<SweptValues> bound = Binder.bind(SweptValues.class, path.value()).value();
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    SweptValues values = bound.get();
    if (values.values() != null && path.value() instanceof Node.Mapping block) {
      Node list = block.entry("values").map(Node.Entry::value).orElseThrow();
      return of(new Node.Entry(path.key(), path.keySpan(), list), found);
    }
    @Nullable String mistake = mistake(values);
    if (mistake != null) {
      found.add(
          Diagnostic.of(Code.PLB0369, shown(path), mistake)
              .help(
                  "for instance `{ min: 0.1, max: 0.5, step: 0.1 }` or `{ min: 1e-6, max: 1e-4,"
                      + " points: 5, spacing: log }`"));
      return Optional.of(new SweptAxis(path, List.of()));
    }
    List<Node> numbers = new ArrayList<>();
    for (BigDecimal number : numbers(values, isWhole(path.key()))) {
      numbers.add(node(number, isWhole(path.key()), shown(path)));
    }
    return Optional.of(new SweptAxis(path, numbers));
  }

  private static Span shown(Node.Entry path) {
    Span span = path.value().span();
    return span.start().line() == span.end().line() ? span : path.keySpan();
  }

  /** What cannot be about a range; null if all is well. */
  private static @Nullable String mistake(SweptValues range) {
    Double min = range.min();
    Double max = range.max();
    if (min == null || max == null) {
      return "a range needs `min` and `max`";
    } else if ((range.points() == null) == (range.step() == null)) {
      return range.step() == null
          ? "a range needs `points`, how many numbers it has, or `step`, how far they lie apart"
          : "a range takes `points` or `step`, not both";
    } else if (min >= max) {
      return "the range ends at %s, which is not above its `min`, %s"
          .formatted(text(max), text(min));
    } else if (range.spacing() == Spacing.LOG && min <= 0) {
      return "a `log` range starts above zero";
    } else if (range.spacing() == Spacing.LOG && range.step() != null) {
      return "a `log` range takes `points`, not `step`";
    } else if (range.step() != null && (max - min) / range.step() >= MOST) {
      return "the range has more than " + MOST + " numbers";
    }
    return null;
  }

  private static String text(double number) {
    return word(BigDecimal.valueOf(number));
  }

  private static boolean isWhole(String path) {
    return Overrides.fieldAt(path).filter(field -> field.type() instanceof Type.Whole).isPresent();
  }

  /** In decimals, so that three steps of 0.1 are 0.3. */
  private static Set<BigDecimal> numbers(SweptValues range, boolean whole) {
    BigDecimal min = decimal(range.min());
    BigDecimal max = decimal(range.max());
    List<BigDecimal> numbers = new ArrayList<>();
    if (range.step() != null) {
      BigDecimal step = decimal(range.step());
      for (BigDecimal at = min; at.compareTo(max) <= 0; at = at.add(step)) {
        numbers.add(at);
      }
    } else {
      int gaps = Objects.requireNonNull(range.points()) - 1;
      double ratio = Math.log(max.doubleValue() / min.doubleValue());
      numbers.add(min);
      for (int i = 1; i < gaps; i++) {
        BigDecimal share = new BigDecimal(i).divide(new BigDecimal(gaps), MathContext.DECIMAL64);
        numbers.add(
            range.spacing() == Spacing.LINEAR
                ? min.add(max.subtract(min).multiply(share)).round(LINEAR)
                : new BigDecimal(min.doubleValue() * Math.exp(ratio * i / gaps)).round(LOG));
      }
      numbers.add(max);
    }
    Set<BigDecimal> different = new LinkedHashSet<>();
    for (BigDecimal number : numbers) {
      BigDecimal rounded = whole ? number.setScale(0, RoundingMode.HALF_EVEN) : number;
      different.add(rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
    }
    return different;
  }

  private static BigDecimal decimal(@Nullable Double number) {
    return new BigDecimal(PlainJson.write(Objects.requireNonNull(number)));
  }

  private static Node node(BigDecimal number, boolean whole, Span span) {
    Object value = whole ? (Object) number.longValueExact() : (Object) number.doubleValue();
    return new Node.Scalar(span, value, word(number));
  }

  private SweptAxis withoutTwins(List<Diagnostic> found) {
    boolean twins = false;
    Map<Object, Span> seen = new HashMap<>();
    for (Node value : values) {
      Object plain = same(Plain.of(value));
      Span first = plain == null ? null : seen.putIfAbsent(plain, value.span());
      if (first != null) {
        twins = true;
        found.add(
            Diagnostic.of(Code.PLB0327, value.span(), "`" + path.key() + "` takes this value twice")
                .related(first, "first given here")
                .help("remove one; `seeds` repeats a recipe"));
      }
    }
    return twins ? new SweptAxis(path, List.of()) : this;
  }

  /** What is equal if the values are: 1 and 1.0 are. */
  private static @Nullable Object same(@Nullable Object plain) {
    if (plain instanceof Long || plain instanceof Double) {
      return decimal(((Number) plain).doubleValue()).stripTrailingZeros();
    }
    return plain;
  }

  /**
   * The values as parts of names: {@code 0.05}; {@code none} for no value. If one has no word, or
   * two have the same, all are called after their places in the list.
   */
  List<String> words() {
    List<String> words = values.stream().map(SweptAxis::word).toList();
    boolean usable =
        words.stream().allMatch(word -> !word.isEmpty() && word.length() <= LONGEST_WORD)
            && new LinkedHashSet<>(words).size() == words.size();
    return usable
        ? words
        : IntStream.rangeClosed(1, words.size()).mapToObj(String::valueOf).toList();
  }

  private static String word(Node value) {
    if (value instanceof Node.Empty) {
      return "none";
    }
    Object plain = value instanceof Node.Scalar scalar ? scalar.value() : "";
    String text =
        plain instanceof Double || plain instanceof Long
            ? word(new BigDecimal(PlainJson.write(plain)))
            : plain.toString();
    return text.replaceAll("^-", "minus").replaceAll("[^A-Za-z0-9.-]+", "_");
  }

  /** As one would write it: {@code 0.05}, {@code 3.162e-6}. */
  private static String word(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (plain.signum() == 0 || (exponent >= -3 && exponent < 9)) {
      return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
    BigDecimal mantissa = plain.movePointLeft(exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }
}
