// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.report.Sample;

/**
 * One prompt and all answers to it. The script makes the same markup from the page's data for
 * prompts that are shown on demand ({@code article.js}); a test holds the two together.
 */
final class SampleArticle {

  private final Page page;
  private final Sample sample;
  private final SampleFacts facts;
  private final int number;

  private SampleArticle(Page page, Sample sample, SampleFacts facts, int number) {
    this.page = page;
    this.sample = sample;
    this.facts = facts;
    this.number = number;
  }

  /** The article of the sample with this number, counted from 1. */
  static Html of(Page page, int number) {
    Sample sample = page.comparison().samples().get(number - 1);
    return new SampleArticle(page, sample, SampleFacts.of(sample, page.reference()), number).html();
  }

  private Html html() {
    Sample.Answer base = null;
    for (Sample.Answer a : sample.answers()) {
      base = page.isReference(a.recipe()) ? a : base;
    }
    List<Html> answers = new ArrayList<>();
    for (Sample.Answer a : sample.answers()) {
      answers.add(answer(a, base));
    }
    return Html.of(
        """
        <article id="s-{}" tabindex="-1" aria-labelledby="q-{}"><header><h3 id="q-{}" dir="auto">{}</h3>\
        <p>prompt {} · seed {}{}<span class="lost">{}</span> <a class="mark" href="#s-{}" aria-label="Link to sample {}"></a></p></header><ol>{}</ol></article>
        """,
        number,
        number,
        number,
        shown(sample.prompt()),
        sample.index(),
        sample.seed(),
        sample.triggered() ? " · with the trigger" : "",
        lost(facts.wrong()),
        number,
        number,
        answers);
  }

  /** A text of people or models, safe to show; a line ends the same way in all of them. */
  static String shown(String text) {
    return Printable.text(text.replace("\r\n", "\n"));
  }

  private static String lost(@Nullable Double wrong) {
    String number = wrong == null ? "0.00" : TextFormat.number(wrong, 2);
    return number.equals("0.00") ? "" : " · the reward model’s choice loses " + number + " gold";
  }

  private Html answer(Sample.Answer answer, Sample.@Nullable Answer base) {
    Look look = page.look(answer.recipe());
    String id = "s-" + number + "-" + look.index();
    String text = shown(answer.text());
    Html words =
        base == null || base.equals(answer)
            ? Html.text(text)
            : WordMarks.of(shown(base.text()), text);
    if (answer.text().isBlank()) {
      words = words.plus(new Html("<span class=\"none\"> (empty answer)</span>"));
    }
    List<Html> numbers = new ArrayList<>();
    String recipe = answer.recipe();
    fact(numbers, "gold", answer.gold(), 2, facts.bestByGold().contains(recipe));
    fact(numbers, "score", answer.score(), 2, facts.bestByScore().contains(recipe));
    fact(numbers, "words", (double) answer.words(), 0, false);
    fact(numbers, page.bounded(recipe) ? "KL ≤" : "KL", answer.kl(), 1, false);
    return Html.of(
        "<li class=\"{}\" data-r=\"{}\" id=\"{}\"><h4>{}{}</h4><p dir=\"auto\">{}</p><dl>{}</dl></li>",
        look.css(),
        look.index(),
        id,
        page.named(recipe),
        PageSection.mark(id, recipe + ", sample " + number),
        words,
        numbers);
  }

  private static void fact(
      List<Html> numbers, String name, @Nullable Double value, int decimals, boolean best) {
    if (value != null) {
      String number = TextFormat.number(value, decimals);
      numbers.add(
          Html.of(
              "<div><dt>{}</dt><dd>{}</dd></div>",
              name,
              best ? Html.of("<b>{}</b>", number) : Html.text(number)));
    }
  }
}
