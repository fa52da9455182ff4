// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Fix;
import org.plumbline.dsl.spec.Golden;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/**
 * Mistakes as people make them, one at a time in a spec that is right, and all that is said about
 * each. They stand in {@code mistakes.FORM.txt}, those of both script languages in {@code
 * mistakes.script.txt}: a title, what is right, and what is written instead.
 */
class MistakesTest {
  private static final Path FOLDER =
      Golden.repository().resolve("dsl/kotlin/src/test/resources/mistakes");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @ParameterizedTest
  @CsvSource({"yaml, yaml", "groovy, script", "kts, script"})
  void whatIsSaidHelpsANewUser(String form, String base) throws IOException {
    String right = Files.readString(FOLDER.resolve("base.plumb." + base));
    assertThat(read(form, right).diagnostics()).isEmpty();
    Map<String, String> mistakes = new LinkedHashMap<>(mistakes(base, right));
    mistakes.putAll(mistakes(form, right));
    StringBuilder said = new StringBuilder();
    int count = 0;

    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      List<Diagnostic> found = read(form, mistake.getValue()).diagnostics();
      assertThat(found).as(mistake.getKey()).anyMatch(Diagnostic::isError);
      found.forEach(one -> fixesKeepNumbersAndSaySomethingNew(mistake.getValue(), one));
      String text = Renderer.render(found, DiagnosticFormat.HUMAN, Colour.OFF);
      said.append("# ").append(++count).append(' ').append(mistake.getKey()).append("\n\n");
      said.append(text).append('\n');
    }

    assertThat(mistakes).hasSizeGreaterThanOrEqualTo(50);
    Golden.check(FOLDER.resolve("expected." + form + ".txt"), said.toString());
  }

  /** A fix that is carried out without looking must not change what an author has measured. */
  private static void fixesKeepNumbersAndSaySomethingNew(String text, Diagnostic diagnostic) {
    List<String> lines = text.lines().toList();
    int line = diagnostic.primary().start().line();
    int from = diagnostic.primary().start().column() - 1;
    int to = diagnostic.primary().end().column() - 1;
    if (diagnostic.primary().end().line() != line || line > lines.size()) {
      return;
    }
    String written = lines.get(line - 1).substring(from, to);
    for (Fix fix : diagnostic.fixes()) {
      if (fix.replacement() != null) {
        assertThat(fix.replacement()).as("%s", diagnostic).isNotEqualTo(written);
        List<String> numbers = digits(written);
        if (numbers.size() == 2
            && written.matches(".*\\d,\\d.*")
            && !written.matches(".*,\\d{3}")) {
          assertThat(digits(fix.replacement())).as("%s", diagnostic).isEqualTo(numbers);
        }
      }
    }
  }

  private static List<String> digits(String text) {
    List<String> digits = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      digits.add(number.group());
    }
    return digits;
  }

  private static SpecResult read(String form, String text) {
    return Specs.readText("polite.plumb." + form, text, List.of());
  }

  /** The specs with a mistake each, by its title. */
  private static Map<String, String> mistakes(String form, String right) throws IOException {
    Map<String, String> mistakes = new LinkedHashMap<>();
    String all = Files.readString(FOLDER.resolve("mistakes." + form + ".txt"));
    for (String mistake : all.split("(?m)^# ")) {
      int title = mistake.indexOf('\n');
      if (title > 0) {
        String[] edit = mistake.substring(title + 1).stripTrailing().split("\n=>\n", -1);
        String wrong =
            ESCAPE
                .matcher(edit[1])
                .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
        assertThat(right).contains(edit[0]);
        mistakes.put(
            mistake.substring(0, title),
            right.replaceFirst(Pattern.quote(edit[0]), Matcher.quoteReplacement(wrong)));
      }
    }
    return mistakes;
  }
}
