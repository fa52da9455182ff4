// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.tree.Node;

/** The edits that rightly change nothing. Whatever else changes nothing must be refused. */
enum Harmless {
  /** Space, empty lines, comments, and the line that a document of YAML may start with. */
  LAYOUT,
  /** The same words and numbers in another order, quoted in another way, or spelled otherwise. */
  SPELLING,
  /** A setting that has its default is written down, or no longer. */
  DEFAULT;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|[-+]?\\d[\\w.]*(?:[eE][-+]?\\d+)?|[\\w.-]+|[^\\s\\w]");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?\\d[\\d_]*(?:\\.\\d*)?(?:[eE][-+]?\\d+)?[fFdDlLgG]?");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");

  /** Why an edit that is not refused changes nothing; empty if nobody would expect that. */
  static Optional<Harmless> of(String form, SpecResult before, SpecResult after) {
    List<String> first = tokens(form, before.file().text());
    List<String> second = tokens(form, after.file().text());
    if (first.equals(second)) {
      return Optional.of(LAYOUT);
    }
    Object one = plain(before.tree().orElseThrow());
    Object two = plain(after.tree().orElseThrow());
    if (one.equals(two)) {
      boolean same = first.stream().sorted().toList().equals(second.stream().sorted().toList());
      return same ? Optional.of(SPELLING) : Optional.empty();
    }
    Map<String, Object> settings =
        leaves("", Canonical.of(after.experiment().orElseThrow()), new TreeMap<>());
    boolean defaults =
        differing(one, two).stream()
            .allMatch(path -> settings.containsKey(path) && agrees(path, settings, one, two));
    return defaults ? Optional.of(DEFAULT) : Optional.empty();
  }

  /** What was written is what holds, whether it is written or not. */
  private static boolean agrees(String path, Map<String, Object> settings, Object one, Object two) {
    Object written = leaves("", one, new TreeMap<>()).get(path);
    if (written == null) {
      written = leaves("", two, new TreeMap<>()).get(path);
    }
    return number(written).equals(number(settings.get(path)));
  }

  private static Set<String> differing(Object one, Object two) {
    Map<String, Object> first = leaves("", one, new TreeMap<>());
    Map<String, Object> second = leaves("", two, new TreeMap<>());
    Set<String> all = new LinkedHashSet<>(first.keySet());
    all.addAll(second.keySet());
    all.removeIf(path -> Objects.equals(first.get(path), second.get(path)));
    return all;
  }

  private static Map<String, Object> leaves(
      String path, @Nullable Object plain, Map<String, Object> found) {
    if (plain instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, value) -> leaves(path + "/" + key, value, found));
    } else if (plain instanceof List<?> list && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        leaves(path + "/" + i, list.get(i), found);
      }
    } else if (plain != null) {
      found.put(path, number(plain));
    }
    return found;
  }

  private static Object number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() + 0.0 : String.valueOf(value);
  }

  private static Object plain(Node node) {
    if (node instanceof Node.Mapping mapping) {
      Map<String, Object> keys = new HashMap<>();
      mapping.entries().forEach(entry -> keys.put(entry.key(), plain(entry.value())));
      return keys;
    } else if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().map(Harmless::plain).toList();
    }
    return node instanceof Node.Scalar scalar ? number(scalar.value()) : node.toString();
  }

  /** Words, numbers and signs without comments, quotes and what only separates. */
  private static List<String> tokens(String form, String text) {
    List<String> tokens = new ArrayList<>();
    String code =
        form.equals("yaml")
            ? text.replaceAll("(?m)(^|[\\s}\\]])#.*$|^---$", "")
            : text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      String one = token.group();
      boolean quoted = one.length() > 1 && "\"'".indexOf(one.charAt(0)) >= 0;
      String bare = quoted ? one.substring(1, one.length() - 1) : one;
      if (NUMBER.matcher(bare).matches()) {
        String plain = bare.replace("_", "").replaceFirst("[fFdDlLgG]$", "");
        tokens.add(String.valueOf(Double.parseDouble(plain) + 0.0)); // -0 is 0
      } else if (HEXADECIMAL.matcher(bare).matches()) {
        tokens.add(String.valueOf(Long.decode(bare).doubleValue()));
      } else if (!";".equals(bare)
          && !(form.equals("yaml") && bare.length() == 1 && "{}[],-".contains(bare))
          && !(!form.equals("yaml") && bare.length() == 1 && "()\\".contains(bare))) {
        tokens.add(bare);
      }
    }
    return tokens;
  }
}
