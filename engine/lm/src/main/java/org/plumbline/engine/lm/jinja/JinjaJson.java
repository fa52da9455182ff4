// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.jinja.Arguments.Bound;
import org.plumbline.engine.lm.jinja.TemplateValues.None;
import org.plumbline.engine.lm.jinja.TemplateValues.Safe;

/** The filter {@code tojson} as transformers has it: Python's {@code json.dumps}, no escapes. */
final class JinjaJson {

  private final boolean ascii;
  private final String indent;
  private final boolean lines;
  private final boolean sorted;
  private final String comma;
  private final String colon;
  private final StringBuilder out = new StringBuilder();

  private JinjaJson(Bound arguments) {
    Object given = arguments.get(1, None.NONE);
    lines = !(given instanceof None);
    indent =
        given instanceof String text
            ? text
            : " "
                .repeat(
                    lines
                        ? Math.max(0, Math.min(100, TemplateValues.whole(given, "`indent`")))
                        : 0);
    ascii = arguments.truth(0);
    Object separators = arguments.get(2, None.NONE);
    if (separators instanceof List<?> pair && pair.size() == 2) {
      comma = Text.of(pair.get(0));
      colon = Text.of(pair.get(1));
    } else if (separators instanceof None) {
      comma = lines ? "," : ", ";
      colon = ": ";
    } else {
      throw new TemplateException("`separators` of `tojson` must be a pair");
    }
    sorted = arguments.truth(3);
  }

  static String of(Object value, Arguments arguments) {
    JinjaJson json =
        new JinjaJson(
            arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys"));
    json.write(value, 0);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    TemplateLimits.length(out.length());
    if (value instanceof String || value instanceof Safe) {
      quoted(Text.of(value));
    } else if (value instanceof None) {
      out.append("null");
    } else if (value instanceof Boolean || value instanceof Long || value instanceof BigInteger) {
      out.append(value);
    } else if (value instanceof Double number) {
      out.append(number(number));
    } else if (value instanceof List<?> list) {
      write(list, depth);
    } else if (value instanceof Map<?, ?> map) {
      write(map, depth);
    } else {
      throw new TemplateException("`tojson` cannot write " + TemplateValues.type(value));
    }
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number)
        ? (number > 0 ? "Infinity" : "-Infinity")
        : Text.number(number);
  }

  private void write(List<?> list, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      out.append(i > 0 ? comma : "");
      newLine(depth + 1);
      write(list.get(i), depth + 1);
    }
    if (!list.isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private void write(Map<?, ?> map, int depth) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (sorted) {
      entries.sort((a, b) -> TemplateValues.compare(a.getKey(), b.getKey()));
    }
    out.append('{');
    for (int i = 0; i < entries.size(); i++) {
      out.append(i > 0 ? comma : "");
      newLine(depth + 1);
      Object key = entries.get(i).getKey();
      if (key instanceof String text) {
        quoted(text);
      } else {
        out.append('"');
        write(key, depth);
        out.append('"');
      }
      out.append(colon);
      write(entries.get(i).getValue(), depth + 1);
    }
    if (!entries.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void newLine(int depth) {
    if (lines) {
      TemplateLimits.length(out.length() + (long) indent.length() * depth);
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
