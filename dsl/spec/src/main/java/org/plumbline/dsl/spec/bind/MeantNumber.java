// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.spec.tree.OddCharacters;
import org.plumbline.dsl.spec.tree.Scalars;

/**
 * The number that a text stands for: quoted, grouped, with a decimal comma, a per cent sign or a
 * power of ten. It never is another number than an author could have meant: where there are two,
 * there is none.
 */
public final class MeantNumber {
  private static final String EXPONENT = "([eE][-+]?\\d+)?";
  private static final Pattern COMMA = Pattern.compile("([-+]?\\d*),(\\d+)" + EXPONENT);
  private static final Pattern ONE_GROUP = Pattern.compile("[-+]?[1-9]\\d{0,2},\\d{3}");
  private static final Pattern GROUPS =
      Pattern.compile("[-+]?[1-9]\\d{0,2}(?:(?:,\\d{3}){2,}|(?: \\d{3})+|(?:'\\d{3})+)(\\.\\d+)?");
  private static final Pattern POWER =
      Pattern.compile("([-+]?[\\d.]+) ?(?:\\*|x|×|·) ?10 ?(?:\\^|\\*\\*) ?\\(?([-+]?\\d+)\\)?");
  private static final Pattern FRACTION = Pattern.compile("([-+]?\\d{1,9}) ?/ ?([1-9]\\d{0,8})");
  private static final Pattern MANY = Pattern.compile("([-+]?[\\d.]+) ?([kKM])");
  private static final Pattern LETTERS = Pattern.compile("[-+]?[\\dOol.]*\\d[\\dOol.]*");

  private MeantNumber() {}

  /**
   * The number as it should be written; empty if the text is none, or could be two.
   *
   * @param text as it was written, without quotes
   * @param whole whether a whole number is asked for
   */
  public static Optional<String> of(String text, boolean whole) {
    String bare = OddCharacters.meant(text).strip();
    if (whole && isAmbiguous(bare)) {
      return Optional.of(bare.replace(",", ""));
    }
    Optional<String> number = number(bare.replace("_", ""));
    return number.filter(n -> !whole || Scalars.whole(n).isPresent());
  }

  /** Whether a comma in it may stand between thousands or before a fraction. */
  public static boolean isAmbiguous(String text) {
    return ONE_GROUP.matcher(text.strip()).matches();
  }

  private static Optional<String> number(String bare) {
    Matcher power = POWER.matcher(bare);
    Matcher comma = COMMA.matcher(bare);
    Matcher fraction = FRACTION.matcher(bare);
    Matcher many = MANY.matcher(bare);
    if (isAmbiguous(bare)) {
      return Optional.empty();
    } else if (Scalars.real(bare).isPresent()) {
      return Scalars.real(bare).filter(Double::isFinite).map(n -> bare);
    } else if (bare.matches("[-+\\d.]+ [eE][-+]?\\d+")) {
      return number(bare.replace(" ", ""));
    } else if (bare.endsWith(",") || bare.endsWith(";")) {
      return number(bare.substring(0, bare.length() - 1).strip());
    } else if (bare.endsWith("%")) {
      return number(bare.substring(0, bare.length() - 1).strip())
          .map(n -> plain(new BigDecimal(n).movePointLeft(2)));
    } else if (GROUPS.matcher(bare).matches()) {
      return Optional.of(bare.replaceAll("[ ,']", ""));
    } else if (comma.matches()) {
      return Optional.of(bare.replace(',', '.'));
    } else if (power.matches()) {
      return Optional.of(power.group(1) + "e" + power.group(2).replace("+", ""))
          .filter(n -> Scalars.real(n).isPresent());
    } else if (fraction.matches()) {
      return quotient(new BigDecimal(fraction.group(1)), new BigDecimal(fraction.group(2)));
    } else if (many.matches() && Scalars.real(many.group(1)).isPresent()) {
      int zeros = many.group(2).equals("M") ? 6 : 3;
      return Optional.of(plain(new BigDecimal(many.group(1)).movePointRight(zeros)));
    } else if (LETTERS.matcher(bare).matches()) {
      return Optional.of(bare.replaceAll("[Oo]", "0").replace('l', '1'))
          .filter(n -> Scalars.real(n).isPresent());
    }
    return Optional.empty();
  }

  /** A fraction that is written in a few digits without changing it. */
  private static Optional<String> quotient(BigDecimal a, BigDecimal b) {
    BigDecimal rounded = a.divide(b, 6, RoundingMode.HALF_EVEN);
    boolean exact = rounded.multiply(b).compareTo(a) == 0;
    return exact ? Optional.of(plain(rounded)) : Optional.empty();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
