// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Settings;

/** Only the settings that differ between the recipes. */
final class SettingsSection {

  private SettingsSection() {}

  static @Nullable PageSection of(Page page) {
    Settings settings = page.comparison().settings();
    if (settings.differing().isEmpty()) {
      return null;
    }
    Html table = page.many() ? byRecipe(page, settings) : side(page, settings);
    return new PageSection(
        "settings",
        "What differs",
        "What differs",
        Html.text(lead(page, settings)),
        table.plus(same(settings)));
  }

  private static Html side(Page page, Settings settings) {
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Settings that differ">
        <table class="settings" role="table"><caption class="unseen">Settings that differ between the recipes</caption>
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Setting</th>{}</tr></thead>
        <tbody role="rowgroup">{}</tbody></table></div>
        <p class="note"><b class="own">0</b> set by the variant itself. – does not apply, or is left out.</p>
        """,
        page.columnHeads(page.recipes()),
        settings.differing().stream().map(s -> row(page, s)).toList());
  }

  /** Of many recipes only what is not the commonest value. */
  private static Html byRecipe(Page page, Settings settings) {
    Map<String, String> usual = new LinkedHashMap<>();
    Map<String, List<Html>> own = new LinkedHashMap<>();
    page.recipes().forEach(recipe -> own.put(recipe, new ArrayList<>()));
    for (Settings.Setting setting : settings.differing()) {
      String most = usual(setting);
      if (most != null) {
        usual.put(setting.path(), most);
      }
      for (Settings.Value value : setting.values()) {
        List<Html> said = own.get(value.recipe());
        String text = value.value();
        if (said != null && text != null && !text.equals(most)) {
          said.add(Html.of("<code>{}</code>&#160;{}", breakable(setting.path()), text));
        }
      }
    }
    List<Html> rows = new ArrayList<>();
    own.forEach(
        (recipe, said) ->
            rows.add(
                Html.of(
                    "<tr>{}<td class=\"words\">{}</td></tr>\n",
                    page.rowHead(recipe),
                    said.isEmpty()
                        ? Html.of("<span class=\"none\">the commonest</span>")
                        : Html.join("; ", said))));
    List<Html> most = new ArrayList<>();
    usual.forEach(
        (path, value) -> most.add(Html.of("<code>{}</code>&#160;{}", breakable(path), value)));
    return Html.of(
        """
        <p class="note">The commonest value of each setting that most recipes have: {}. A recipe whose method does not have one says nothing of it.</p>
        <div class="scroll folding" tabindex="0" role="region" aria-label="Settings whose value is not the commonest"><table class="plain-table unusual"><caption class="unseen">Settings whose value is not the commonest</caption>
        <thead><tr><th scope="col">Recipe</th><th scope="col" class="words">Other than the commonest</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        Html.join("; ", most),
        rows);
  }

  /**
   * The commonest value, the first of those that equally many recipes have; null if most recipes do
   * not have the setting, or leave it at its default, or if no two have the same.
   */
  private static @Nullable String usual(Settings.Setting setting) {
    Map<@Nullable String, Integer> counts = new LinkedHashMap<>();
    for (Settings.Value value : setting.values()) {
      counts.merge(value.value(), 1, Integer::sum);
    }
    String usual = null;
    int most = 1; // a value that only one recipe has is not common
    for (Map.Entry<@Nullable String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        usual = entry.getKey();
      }
    }
    return usual;
  }

  private static String lead(Page page, Settings settings) {
    int n = settings.differing().size();
    String out = TextFormat.count(n, "setting differs", "settings differ") + " between the recipes";
    List<String> variants = new ArrayList<>();
    for (ComparedRecipe recipe : page.comparison().recipes()) {
      String base = recipe.variantOf();
      if (base != null) {
        long own =
            settings.differing().stream()
                .flatMap(s -> s.values().stream())
                .filter(v -> v.set() && v.recipe().equals(recipe.name()))
                .count();
        if (own > 0) {
          variants.add(
              recipe.name()
                  + " changes "
                  + TextFormat.count(own, "setting", "settings")
                  + " of "
                  + base);
        }
      }
    }
    return out + (variants.isEmpty() ? "." : "; " + TextFormat.some(variants) + ".");
  }

  private static Html row(Page page, Settings.Setting setting) {
    List<Html> cells = new ArrayList<>();
    for (Settings.Value value : setting.values()) {
      if (page.looks().has(value.recipe())) {
        cells.add(cell(page.look(value.recipe()), value));
      }
    }
    return Html.of(
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><code>{}</code></th>{}</tr>\n",
        breakable(setting.path()),
        cells);
  }

  private static Html cell(Look look, Settings.Value value) {
    String text = value.value();
    String none = text == null ? " none" : "";
    Html shown = Html.text(text == null ? "–" : text);
    Html inner =
        value.set()
            ? Html.of(
                "<b class=\"own\">{}</b><span class=\"unseen\"> set by this variant</span>", shown)
            : shown;
    return Html.of(
        "<td class=\"{}{}\" role=\"cell\" data-r=\"{}\">{}</td>",
        look.css(),
        none,
        look.index(),
        inner);
  }

  /** A path that may break after its dots. */
  private static Html breakable(String path) {
    return Html.join(
        ".<wbr/>",
        List.of(path.split("\\.", -1)).stream().map(Html::text).collect(Collectors.toList()));
  }

  private static Html same(Settings settings) {
    if (settings.same() == 0) {
      return Html.NONE;
    }
    List<Html> rows =
        settings.examples().stream()
            .map(
                s ->
                    Html.of(
                        "<div><dt><code>{}</code></dt><dd>{}</dd></div>\n", s.path(), s.value()))
            .toList();
    String shown =
        settings.examples().size() < settings.same()
            ? "; " + settings.examples().size() + " of them"
            : "";
    return Html.of(
        "<details><summary>{} the same in all recipes that have it{}</summary><dl"
            + " class=\"defs\">{}</dl></details>\n",
        TextFormat.count(settings.same(), "setting is", "settings are each"),
        shown,
        rows);
  }
}
