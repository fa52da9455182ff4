// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;

/**
 * The words, texts and signs of a script, in Groovy or Kotlin. Comments are left out; a text that
 * is not ended, as it is while one types, goes to the end.
 *
 * @param kind what it is
 * @param text the word or the sign; of a text, what stands between its quotes
 * @param start where it begins, its quote included
 * @param end the place after its last character
 */
record ScriptToken(Kind kind, String text, int start, int end) {
  enum Kind {
    WORD,
    TEXT,
    SIGN
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  static List<ScriptToken> of(String script) {
    List<ScriptToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < script.length()) {
      char c = script.charAt(at);
      if (script.startsWith("//", at)) {
        at = orEnd(script, script.indexOf('\n', at));
      } else if (script.startsWith("/*", at)) {
        int close = script.indexOf("*/", at + 2);
        at = close < 0 ? script.length() : close + 2;
      } else if (c == '"' || c == '\'') {
        ScriptToken token = quoted(script, at);
        tokens.add(token);
        at = token.end;
      } else if (Character.isJavaIdentifierPart(c)) {
        int end = at;
        while (end < script.length() && Character.isJavaIdentifierPart(script.charAt(end))) {
          end++;
        }
        tokens.add(new ScriptToken(Kind.WORD, script.substring(at, end), at, end));
        at = end;
      } else {
        if (!Character.isWhitespace(c)) {
          tokens.add(new ScriptToken(Kind.SIGN, String.valueOf(c), at, at + 1));
        }
        at++;
      }
    }
    return tokens;
  }

  private static ScriptToken quoted(String script, int start) {
    String one = script.substring(start, start + 1);
    String quote = script.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
    int from = start + quote.length();
    int at = from;
    while (at < script.length() && !script.startsWith(quote, at)) {
      if (script.charAt(at) == '\n' && quote.length() == 1) {
        return new ScriptToken(Kind.TEXT, script.substring(from, at), start, at);
      }
      at += script.charAt(at) == '\\' ? 2 : 1;
    }
    int to = Math.min(at, script.length());
    int end = Math.min(to + quote.length(), script.length());
    return new ScriptToken(Kind.TEXT, script.substring(from, to), start, end);
  }

  private static int orEnd(String script, int found) {
    return found < 0 ? script.length() : found;
  }
}
