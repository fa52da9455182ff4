// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.endpoint;

import java.util.List;
import java.util.Optional;

/**
 * Finds passwords and keys in a text, in one pass: a spec may have a line of millions of signs, so
 * nothing here looks at a sign more often than a fixed number of times.
 */
final class SecretScan {
  private static final String SCHEME = "://";

  /** Names of parameters, or their ends, that carry secrets. */
  private static final List<String> PARAMETERS =
      List.of(
          "key",
          "token",
          "secret",
          "password",
          "passwd",
          "pwd",
          "sig",
          "signature",
          "credential",
          "credentials",
          "auth",
          "authorization");

  /** How keys begin as those who give them out write them. */
  private static final List<String> KEYS =
      List.of("sk", "pk", "rk", "gsk", "hf", "xai", "ghp", "nvapi");

  private static final int SHORTEST_KEY = 16;

  private final String text;

  /** End of the word that was looked at last, and the last {@code @} in it. */
  private int wordEnd;

  private int lastAt = -1;

  /** End of the stretch without {@code /} and {@code @}, and the next colon in it. */
  private int partEnd;

  private int colon = -1;

  private SecretScan(String text) {
    this.text = text;
  }

  /** The text with an asterisk for every character of a secret. */
  static String hidden(String text) {
    String addresses = new SecretScan(text).withoutSecretsOfAddresses();
    return new SecretScan(addresses).withoutKeys();
  }

  /** Whether something in the text looks like a key. */
  static boolean holdsKey(String text) {
    return new SecretScan(text).key(0).isPresent();
  }

  private record Stretch(int start, int end) {}

  private String withoutSecretsOfAddresses() {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = secretEnd(at);
      if (end > at) {
        hide(at, end, out);
        at = end;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }

  private void hide(int start, int end, StringBuilder out) {
    out.append("*".repeat(text.codePointCount(start, end)));
  }

  /** Where the secret ends that begins here; not after the start if none does. */
  private int secretEnd(int start) {
    if (text.startsWith(SCHEME, start - SCHEME.length()) && lastAt(start) > start) {
      return lastAt(start);
    }
    int user = passwordEnd(start);
    if (user > start) {
      return user;
    } else if (start > 0 && text.charAt(start - 1) == '=' && namesSecret(start - 1)) {
      return end(start, "&#");
    } else if (start > 0 && text.charAt(start - 1) == '#' && followsAddress(start - 1)) {
      // No address of an endpoint has a part after `#`; what is there got there by mistake.
      return end(start, "");
    }
    return start;
  }

  private int lastAt(int start) {
    if (start >= wordEnd) {
      wordEnd = end(start, "");
      lastAt = wordEnd - 1;
      while (lastAt >= start && text.charAt(lastAt) != '@') {
        lastAt--;
      }
    }
    return lastAt;
  }

  /** Where {@code user:password} ends before an {@code @}. */
  private int passwordEnd(int start) {
    if (start >= partEnd) {
      partEnd = Math.max(start + 1, end(start, "/@"));
      colon = -1;
    }
    if (partEnd >= text.length() || text.charAt(partEnd) != '@' || ends(start, ":/@")) {
      return start;
    }
    if (colon < start) {
      colon = start;
      while (colon < partEnd && text.charAt(colon) != ':') {
        colon++;
      }
    }
    return colon + 1 < partEnd ? partEnd : start;
  }

  /** Whether the equals sign follows the name of a parameter that carries a secret. */
  private boolean namesSecret(int equals) {
    boolean named =
        PARAMETERS.stream()
            .anyMatch(n -> text.regionMatches(true, equals - n.length(), n, 0, n.length()));
    if (!named) {
      return false;
    }
    for (int i = equals - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '&' || c == '?') {
        return true;
      } else if (c == '=' || c == '#' || blank(c)) {
        return false;
      }
    }
    return false;
  }

  /** Whether the hash sign follows an address. */
  private boolean followsAddress(int hash) {
    for (int i = hash - 1; i >= 0 && !ends(i, "#"); i--) {
      if (text.startsWith(SCHEME, i)) {
        return true;
      }
    }
    return false;
  }

  private String withoutKeys() {
    StringBuilder out = new StringBuilder(text.length());
    int shown = 0;
    for (Optional<Stretch> key = key(0); key.isPresent(); key = key(shown)) {
      out.append(text, shown, key.get().start());
      shown = key.get().end();
      hide(key.get().start(), shown, out);
    }
    return out.append(text, shown, text.length()).toString();
  }

  /** The first key from here on; here is no place within a word. */
  private Optional<Stretch> key(int from) {
    int start = from;
    while (start < text.length()) {
      int end = start;
      int digit = -1;
      while (end < text.length() && inKey(text.charAt(end))) {
        digit = Character.isDigit(text.charAt(end)) ? end : digit;
        end++;
      }
      for (int i = start; i < end; i++) {
        boolean begins = i == start || "-_".indexOf(text.charAt(i - 1)) >= 0;
        int rest = begins ? afterPrefix(i) : -1;
        if (rest >= 0 && end - rest >= SHORTEST_KEY && digit >= rest) {
          return Optional.of(new Stretch(i, end));
        }
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private int afterPrefix(int start) {
    for (String prefix : KEYS) {
      int sign = start + prefix.length();
      if (text.startsWith(prefix, start)
          && sign < text.length()
          && "-_".indexOf(text.charAt(sign)) >= 0) {
        return sign + 1;
      }
    }
    return -1;
  }

  private static boolean inKey(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Where a blank, a quotation mark or one of these signs comes next. */
  private int end(int start, String signs) {
    int end = start;
    while (end < text.length() && !ends(end, signs)) {
      end++;
    }
    return end;
  }

  private boolean ends(int at, String signs) {
    char c = text.charAt(at);
    return blank(c) || c == '"' || c == '\'' || c == '`' || signs.indexOf(c) >= 0;
  }

  private static boolean blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
