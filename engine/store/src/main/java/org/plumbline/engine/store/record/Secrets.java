// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The secrets that this process was given. Whatever writes a text to where others can read it, be
 * it a terminal, a file or a record, masks it here first.
 *
 * <p>Besides a secret as it is, the forms are masked that a text takes on by itself: escaped for
 * JSON, HTML or addresses, in base64 (also in the middle of other bytes) and in hexadecimal.
 * Whoever knows the secret and wants to give it away can write it in yet another form. Thread-safe.
 */
public final class Secrets {

  /** What stands in the place of a secret: it needs no escapes, wherever it is put. */
  public static final String MASK = "***";

  /** Shorter ones stand for words that occur in texts by themselves: {@code EMPTY}. */
  public static final int SHORTEST = 8;

  private static final AtomicReference<Forms> KNOWN =
      new AtomicReference<>(new Forms(Set.of(), List.of()));

  private Secrets() {}

  /**
   * What is masked.
   *
   * @param secrets as they are
   * @param forms of all of them, longest first, so that none is left over from within another
   */
  private record Forms(Set<String> secrets, List<String> forms) {

    Forms plus(String secret) {
      if (secrets.contains(secret)) {
        return this;
      }
      Set<String> more = new LinkedHashSet<>(secrets);
      more.add(secret);
      Set<String> all = new LinkedHashSet<>(forms);
      all.addAll(formsOf(secret));
      List<String> sorted = new ArrayList<>(all);
      sorted.sort(Comparator.comparingInt(String::length).reversed());
      return new Forms(more, sorted);
    }
  }

  /** From now on this text is masked, unless it is shorter than {@link #SHORTEST}. */
  public static void know(String secret) {
    if (secret.length() >= SHORTEST) {
      KNOWN.updateAndGet(known -> known.plus(secret));
    }
  }

  /** The text with {@link #MASK} in the place of every secret. */
  public static String mask(String text) {
    String masked = text;
    for (String form : KNOWN.get().forms()) {
      if (masked.contains(form)) {
        masked = masked.replace(form, MASK);
      }
    }
    return masked;
  }

  private static Set<String> formsOf(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    forms.add(
        secret
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;"));
    String address = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(address);
    forms.add(lowerEscapes(address));
    for (HexFormat hex : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
      forms.add(hex.formatHex(bytes));
      forms.add(hex.withPrefix("%").formatHex(bytes));
      forms.add(hex.withPrefix("\\u00").formatHex(bytes));
    }
    for (int before = 0; before < 3; before++) {
      forms.add(base64(bytes, before));
      forms.add(base64(bytes, before).replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  private static String lowerEscapes(String address) {
    StringBuilder lower = new StringBuilder(address);
    for (int i = lower.indexOf("%"); i >= 0; i = lower.indexOf("%", i + 1)) {
      lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  /** Those digits that say nothing of the bytes before and after, of which there are so many. */
  private static String base64(byte[] bytes, int before) {
    byte[] padded = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, padded, before, bytes.length);
    String digits = Base64.getEncoder().withoutPadding().encodeToString(padded);
    int from = (8 * before + 5) / 6;
    int to = 8 * padded.length / 6;
    return digits.substring(from, to);
  }
}
