// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;

/** The looks of all recipes. The reference is always an open circle in the colour of the text. */
final class RecipeStyles {

  static final String INK_LIGHT = "#1b1b19";
  static final String INK_DARK = "#e8e8e3";

  /**
   * Colours on light and on dark ground. Hues after Okabe and Ito, "Color Universal Design" (2008),
   * then four more; pale ones darkened on light ground so that marks have a contrast of 3.
   */
  static final String[][] COLOURS = {
    {"#0072b2", "#4a9fdc"},
    {"#00845e", "#1bb388"},
    {"#a87000", "#e69f00"},
    {"#b0548b", "#d68ab4"},
    {"#2b8cc4", "#86c9f2"},
    {"#cc5500", "#f0803c"},
    {"#6a4fb3", "#a995ea"},
    {"#73750a", "#c4bf3f"},
    {"#8a5a44", "#c99a80"},
    {"#0b7f86", "#4cc3c9"},
    {"#a3244b", "#ea7f9f"},
  };

  private static final String CIRCLE = "M-4.6 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0Z";
  private static final String SQUARE = "M-4.3-4.3H4.3V4.3H-4.3Z";
  private static final String TRIANGLE = "M0-5.3 5.3 4.4H-5.3Z";
  private static final String DIAMOND = "M0-5.7 5.7 0 0 5.7-5.7 0Z";
  private static final String PENTAGON = "M0-5.4 5.1-1.7 3.2 4.4H-3.2L-5.1-1.7Z";
  private static final List<String> OTHER_SHAPES =
      List.of(
          "M0 5.3 5.3-4.4H-5.3Z",
          "M-1.8-5.4H1.8V-1.8H5.4V1.8H1.8V5.4H-1.8V1.8H-5.4V-1.8H-1.8Z",
          "M-5.4 0-2.7-4.7H2.7L5.4 0 2.7 4.7H-2.7Z",
          "M-4.6-4.6 5.4 0-4.6 4.6Z");
  private static final Map<String, String> SHAPES =
      Map.of(
          "supervised", CIRCLE,
          "ppo", SQUARE,
          "dpo", TRIANGLE,
          "best-of-n", DIAMOND,
          "constitutional", PENTAGON);

  private final Map<String, Look> byName;

  private RecipeStyles(Map<String, Look> byName) {
    this.byName = byName;
  }

  static RecipeStyles of(Comparison comparison) {
    Map<String, Look> out = new LinkedHashMap<>();
    Map<String, String> shapes = new LinkedHashMap<>();
    Map<String, Integer> used = new LinkedHashMap<>();
    int colour = 0;
    // An open circle is the reference, so other recipes by its method begin with the next filling.
    used.merge(CIRCLE, 0, Integer::sum);
    for (ComparedRecipe recipe : comparison.recipes()) {
      int index = out.size();
      if (recipe.name().equals(comparison.reference())) {
        out.put(
            recipe.name(), new Look(index, recipe.name(), INK_LIGHT, INK_DARK, CIRCLE, REFERENCE));
        continue;
      }
      String shape = shapes.computeIfAbsent(recipe.method(), m -> shape(m, shapes.size()));
      int filling = used.merge(shape, 1, Integer::sum) - 1;
      if (shape.equals(CIRCLE) && filling >= REFERENCE) {
        filling++;
      }
      String[] pair = COLOURS[colour++ % COLOURS.length];
      out.put(recipe.name(), new Look(index, recipe.name(), pair[0], pair[1], shape, filling));
    }
    return new RecipeStyles(out);
  }

  private static final int REFERENCE = 1;

  /** How long a name may be where a narrow screen has little room for it. */
  private static final int NAME = 16;

  private static String shape(String method, int seen) {
    String known = SHAPES.get(method.replace('_', '-'));
    return known == null ? OTHER_SHAPES.get(seen % OTHER_SHAPES.size()) : known;
  }

  Look of(String recipe) {
    Look look = byName.get(recipe);
    if (look == null) {
      throw new IllegalArgumentException("not a recipe of this comparison: " + recipe);
    }
    return look;
  }

  boolean has(String recipe) {
    return byName.containsKey(recipe);
  }

  List<Look> all() {
    return new ArrayList<>(byName.values());
  }

  /** The marks that {@link Look#icon} and charts refer to. */
  Html sprite() {
    List<Html> symbols = all().stream().map(Look::definition).toList();
    return Html.of(
        """
        <svg width="0" height="0" class="sprite" aria-hidden="true" focusable="false"><defs>{}</defs></svg>
        """,
        symbols);
  }

  /** Rules that give each recipe its colour, its name for narrow screens, and its singling out. */
  String css() {
    StringBuilder out = new StringBuilder();
    for (Look look : all()) {
      out.append(rules(look));
    }
    return out.toString();
  }

  private static String rules(Look look) {
    String colours =
        """
        .r-#{--c:light-dark($L,$D);--name:"$N"}
        @supports not (color:light-dark(#000,#fff)){.r-#{--c:$L}}
        html[data-focus="#"] .hl.r-#{opacity:1}
        html[data-focus="#"] :is(th,td,li,dl>div).r-#,html[data-focus="#"] tr.r-#>*{background:var(--wash)}
        html[data-path="#"] .graph .u-#{opacity:1}
        """;
    String dash =
        look.dashes().isEmpty() ? "" : ".line.r-#{stroke-dasharray:" + look.dashes() + "}\n";
    return (colours + dash)
        .replace("$L", look.light())
        .replace("$D", look.dark())
        .replace("r-#", look.css())
        .replace("u-#", "u-" + look.index())
        .replace("\"#\"", "\"" + look.index() + "\"")
        .replace("$N", cssText(TextFormat.brief(look.name(), NAME)));
  }

  /** Text for a CSS string inside a style element: all but letters, digits and hyphens escaped. */
  static String cssText(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-');
              if (plain) {
                out.appendCodePoint(c);
              } else {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
              }
            });
    return out.toString();
  }
}
