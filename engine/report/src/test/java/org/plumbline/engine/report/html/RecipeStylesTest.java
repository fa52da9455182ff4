// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.ComparisonFixture;

class RecipeStylesTest {

  private static final String PAPER_LIGHT = "#fdfdfb";
  private static final String PAPER_DARK = "#15171a";

  @Test
  void twelveRecipesDifferInColourAndInMark() {
    List<Look> looks = RecipeStyles.of(Variations.bare(12, i -> "r" + i)).all();

    assertThat(looks.stream().map(Look::light)).doesNotHaveDuplicates();
    assertThat(looks.stream().map(l -> l.shape() + l.filling())).doesNotHaveDuplicates();
  }

  @Test
  void theShapeIsTheMethodAndTheFillingTheVariant() {
    RecipeStyles looks = RecipeStyles.of(ComparisonFixture.artifact());

    assertThat(looks.of("ppo-without-kl").shape()).isEqualTo(looks.of("ppo").shape());
    assertThat(looks.of("ppo-without-kl").dashes()).isNotEqualTo(looks.of("ppo").dashes());
    assertThat(looks.of("dpo").shape()).isNotEqualTo(looks.of("ppo").shape());
    assertThat(looks.of("ppo").dashes()).isEmpty();
  }

  @Test
  void marksHaveAContrastOfThreeOnBothGrounds() {
    for (String[] pair : RecipeStyles.COLOURS) {
      assertThat(contrast(pair[0], PAPER_LIGHT)).as(pair[0]).isGreaterThan(3);
      assertThat(contrast(pair[1], PAPER_DARK)).as(pair[1]).isGreaterThan(3);
    }
  }

  @Test
  void textHasAContrastOfFourAndAHalfOnBothGrounds() throws Exception {
    Map<String, String[]> tokens = tokens();

    assertThat(tokens.get("paper")).containsExactly(PAPER_LIGHT, PAPER_DARK);
    for (String text : List.of("ink", "soft", "faint", "good", "bad", "link")) {
      String[] pair = Objects.requireNonNull(tokens.get(text));
      for (String ground : List.of("paper", "wash")) {
        String[] under = Objects.requireNonNull(tokens.get(ground));
        assertThat(contrast(pair[0], under[0])).as(text).isGreaterThan(4.5);
        assertThat(contrast(pair[1], under[1])).as(text).isGreaterThan(4.5);
      }
    }
  }

  @Test
  void aNameCannotEndAStyle() {
    assertThat(RecipeStyles.cssText("a\"}</style>é"))
        .isEqualTo("a\\22 \\7d \\3c \\2f style\\3e \\e9 ");
  }

  private static Map<String, String[]> tokens() throws Exception {
    try (InputStream in = RecipeStyles.class.getResourceAsStream("tokens.css")) {
      String css = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Matcher found = Pattern.compile("--(\\w+):light-dark\\((#\\w{6}),(#\\w{6})\\)").matcher(css);
      Map<String, String[]> out = new LinkedHashMap<>();
      while (found.find()) {
        out.put(found.group(1), new String[] {found.group(2), found.group(3)});
      }
      return out;
    }
  }

  /** Contrast ratio by WCAG 2.2. */
  private static double contrast(String a, String b) {
    double one = luminance(a);
    double two = luminance(b);
    return (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
  }

  private static double luminance(String colour) {
    double[] weights = {.2126, .7152, .0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4));
    }
    return sum;
  }
}
