// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import java.util.SplittableRandom;

/** What happens to texts while they are typed, and worse. */
final class Damage {

  private static final String[] BITS = {
    "",
    " ",
    "\n",
    "\t",
    ":",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ";",
    "=",
    "#",
    "//",
    "/*",
    "\"",
    "'",
    "\\",
    "$",
    "${",
    "$x",
    "&a ",
    "*a",
    "!x ",
    "- ",
    "? ",
    "%",
    "@",
    "|",
    ">",
    "{{ x }}",
    "null",
    "~",
    ".nan",
    "-1",
    "0",
    "1e999",
    "99999999999999999999",
    "0.1f",
    "true",
    "\u0000",
    "\ud83d\ude00",
    "\u202e",
    "---\n",
    "import x\n",
    "class A {}\n",
    "return ",
    "throw ",
    "sft",
    "ppo",
    "dpo(\"a\") { }",
    ".held_out",
    "listOf(",
    "experiment(\"b\") { }\n",
    "policies"
  };

  private Damage() {}

  static String to(String text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(12));
    String bit = BITS[random.nextInt(BITS.length)];
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + bit + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(to);
      case 2 -> text.substring(0, at) + bit + text.substring(to);
      case 3 -> text.substring(0, to) + text.substring(at);
      case 4 -> swapLines(text, random);
      default -> swapWords(text, bit, random);
    };
  }

  private static String swapLines(String text, SplittableRandom random) {
    String[] lines = text.split("\n", -1);
    int a = random.nextInt(lines.length);
    int b = random.nextInt(lines.length);
    String line = lines[a];
    lines[a] = lines[b];
    lines[b] = line;
    return String.join("\n", lines);
  }

  private static String swapWords(String text, String bit, SplittableRandom random) {
    String[] words = text.split("\\b", -1);
    words[random.nextInt(words.length)] =
        random.nextBoolean() ? bit : words[random.nextInt(words.length)];
    return String.join("", words);
  }
}
