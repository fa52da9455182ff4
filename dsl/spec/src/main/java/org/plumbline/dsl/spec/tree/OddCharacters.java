// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;

/**
 * Characters that come with pasted text and look like others, or like nothing at all: a no-break
 * space is no space, a typographic quote quotes nothing.
 */
public final class OddCharacters {
  /** The name of each, and what was meant. */
  private static final Map<Integer, Odd> ALL =
      Map.ofEntries(
          Map.entry(0xa0, new Odd("a no-break space", " ")),
          Map.entry(0x2007, new Odd("a figure space", " ")),
          Map.entry(0x2009, new Odd("a thin space", " ")),
          Map.entry(0x202f, new Odd("a narrow no-break space", " ")),
          Map.entry(0x3000, new Odd("an ideographic space", " ")),
          Map.entry(0xad, new Odd("a soft hyphen, which cannot be seen,", "")),
          Map.entry(0x200b, new Odd("a zero-width space, which cannot be seen,", "")),
          Map.entry(0x200c, new Odd("a zero-width non-joiner, which cannot be seen,", "")),
          Map.entry(0x200d, new Odd("a zero-width joiner, which cannot be seen,", "")),
          Map.entry(0x2060, new Odd("a word joiner, which cannot be seen,", "")),
          Map.entry(0xfeff, new Odd("a byte order mark, which cannot be seen,", "")),
          Map.entry(0x201c, new Odd("a typographic quote", "\"")),
          Map.entry(0x201d, new Odd("a typographic quote", "\"")),
          Map.entry(0x201e, new Odd("a typographic quote", "\"")),
          Map.entry(0x2018, new Odd("a typographic quote", "'")),
          Map.entry(0x2019, new Odd("a typographic quote", "'")),
          Map.entry(0xab, new Odd("a typographic quote", "\"")),
          Map.entry(0xbb, new Odd("a typographic quote", "\"")),
          Map.entry(0x201a, new Odd("a typographic quote", "'")),
          Map.entry(0x2039, new Odd("a typographic quote", "'")),
          Map.entry(0x203a, new Odd("a typographic quote", "'")),
          Map.entry(0x84, new Odd("a typographic quote of Windows-1252", "\"")),
          Map.entry(0x91, new Odd("a typographic quote of Windows-1252", "'")),
          Map.entry(0x92, new Odd("a typographic quote of Windows-1252", "'")),
          Map.entry(0x93, new Odd("a typographic quote of Windows-1252", "\"")),
          Map.entry(0x94, new Odd("a typographic quote of Windows-1252", "\"")),
          Map.entry(0x96, new Odd("a dash of Windows-1252", "-")),
          Map.entry(0x97, new Odd("a dash of Windows-1252", "-")),
          Map.entry(0x2212, new Odd("a typographic minus", "-")),
          Map.entry(0x2013, new Odd("a dash", "-")),
          Map.entry(0x2014, new Odd("a dash", "-")),
          Map.entry(0xff1a, new Odd("a full-width colon", ":")),
          Map.entry(0xff0c, new Odd("a full-width comma", ",")),
          Map.entry(0xff1d, new Odd("a full-width equals sign", "=")));

  private OddCharacters() {}

  private record Odd(String name, String meant) {}

  /** Whether it is such a character. */
  public static boolean isOdd(int character) {
    return ALL.containsKey(character);
  }

  /** Whether it is one of those that look like a space or like nothing. */
  public static boolean isBlank(int character) {
    Odd odd = ALL.get(character);
    return odd != null && odd.meant().isBlank();
  }

  /** Whether it looks like a quote. */
  public static boolean isQuote(int character) {
    Odd odd = ALL.get(character);
    return odd != null && (odd.meant().equals("\"") || odd.meant().equals("'"));
  }

  /** A text with what was meant in place of such characters. */
  public static String meant(String text) {
    StringBuilder meant = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              Odd odd = ALL.get(c);
              if (odd == null) {
                meant.appendCodePoint(c);
              } else {
                meant.append(odd.meant());
              }
            });
    return meant.toString();
  }

  /** Names the first such character of a text that stands at a place; empty if it has none. */
  public static Optional<Diagnostic> find(String text, Span span) {
    return text.codePoints()
        .filter(OddCharacters::isOdd)
        .boxed()
        .findFirst()
        .map(c -> named(c, text, span));
  }

  private static Diagnostic named(int character, String text, Span span) {
    Odd odd = ALL.get(character);
    if (odd == null) {
      throw new AssertionError(character);
    }
    String message = String.format(Locale.ROOT, "%s (U+%04X) stands here", odd.name(), character);
    String meant = meant(text);
    String help =
        meant.isBlank()
            ? "put " + (meant.isEmpty() ? "nothing" : "a space") + " in its place"
            : "write `" + meant.strip() + "`";
    return Diagnostic.of(Code.PLB0016, span, message).replace(help, meant);
  }
}
