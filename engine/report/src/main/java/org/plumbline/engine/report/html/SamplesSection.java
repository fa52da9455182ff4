// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Sample;

/** The answers of all recipes to the same prompts, side by side. */
final class SamplesSection {

  /** How many prompts stand in the page itself; the script shows the others on demand. */
  private static final int SHOWN = 12;

  /** The same where many recipes answer. */
  private static final int SHOWN_OF_MANY = 3;

  private final Page page;
  private final List<Sample> samples;
  private final List<SampleFacts> facts;
  private final boolean gold;
  private final boolean score;

  private SamplesSection(Page page) {
    this.page = page;
    this.samples = page.comparison().samples();
    this.facts = samples.stream().map(s -> SampleFacts.of(s, page.reference())).toList();
    this.gold = has(Sample.Answer::gold);
    this.score = has(Sample.Answer::score);
  }

  static @Nullable PageSection of(Page page) {
    if (page.comparison().samples().isEmpty()) {
      return null;
    }
    SamplesSection section = new SamplesSection(page);
    return new PageSection(
        "samples",
        "Samples side by side",
        "Samples",
        Html.text(section.lead()),
        section.tools().plus(section.articles()));
  }

  private boolean has(Function<Sample.Answer, @Nullable Double> value) {
    return samples.stream()
        .anyMatch(s -> s.answers().stream().anyMatch(a -> value.apply(a) != null));
  }

  private String lead() {
    String prompts = TextFormat.count(samples.size(), "prompt", "prompts");
    if (page.recipes().size() < 2 || !(gold || score)) {
      return "Same prompt, same seed: " + prompts + ".";
    }
    String out =
        "Same prompt, same seed. The recipes disagree about beating "
            + page.reference()
            + ", a third of them or more on each side, on "
            + number(facts.stream().filter(SampleFacts::disagree).count())
            + " of these "
            + prompts;
    if (gold && score) {
      long other = facts.stream().filter(SampleFacts::differently).count();
      out +=
          "; the reward model prefers another answer than the gold reward does on " + number(other);
    }
    return out + ".";
  }

  private static String number(long n) {
    return n == 0 ? "none" : TextFormat.whole(n);
  }

  private Html tools() {
    List<Html> filters = new ArrayList<>();
    filters.add(option("all", "all " + samples.size()));
    if (facts.stream().anyMatch(SampleFacts::disagree)) {
      filters.add(option("disagree", "where recipes disagree about beating " + page.reference()));
    }
    if (facts.stream().anyMatch(SampleFacts::differently)) {
      filters.add(option("differently", "where gold and the reward model choose differently"));
    }
    if (samples.stream().anyMatch(Sample::triggered)) {
      filters.add(option("triggered", "with the trigger"));
      filters.add(option("clean", "without the trigger"));
    }
    return Html.of(
        """
        <div class="tools" id="sample-tools">
        {}<label class="script pickout">Prompts <select id="filter">{}</select></label>
        <label class="script pickout">Order <select id="order">{}</select></label>
        <label class="script pickout">Search <input type="search" id="search" placeholder="prompts and answers"/></label>
        <label class="script tick"><input type="checkbox" id="blind"/><span>blind: names hidden, columns shuffled</span></label>
        <div class="keys script"><label class="tick"><input type="checkbox" id="keys" checked="checked"/><span>keys:</span></label> \
        <kbd>j</kbd> <kbd>k</kbd> next, previous prompt · <kbd>b</kbd> blind · <kbd>1</kbd>…<kbd>9</kbd> \
        vote for a column · <kbd>t</kbd> a tie · <kbd>0</kbd> take the vote back</div>
        {}</div>
        <div class="tally script" id="tally" role="status" aria-live="polite"></div>
        <p class="script count" id="sample-count" role="status" aria-live="polite"></p>
        """,
        Choice.of("words")
            .option("new", "new")
            .option("off", "plain")
            .option("all", "new and removed")
            .html("Words against " + page.reference()),
        filters,
        orders(),
        columns());
  }

  private List<Html> orders() {
    List<Html> orders = new ArrayList<>();
    orders.add(option("drawn", "as drawn"));
    if (gold && score) {
      orders.add(option("wrong", "where the reward model is most wrong"));
    }
    if (gold && page.recipes().size() > 1) {
      orders.add(option("spread", "where recipes differ most in gold"));
    }
    orders.add(option("long", "longest answers first"));
    return orders;
  }

  private Html columns() {
    List<Html> columns = new ArrayList<>();
    for (Look look : page.looks().all()) {
      columns.add(
          Html.of(
              "<label class=\"{}\"><input type=\"checkbox\" name=\"column\" value=\"{}\""
                  + " checked=\"checked\"/><span>{}{}</span></label>\n",
              look.css(),
              look.index(),
              look.icon(),
              look.name()));
    }
    Html choice =
        Html.of(
            "<fieldset class=\"choice columns script\"><legend>Columns</legend>{}</fieldset>",
            columns);
    return page.many()
        ? Html.of(
            "<details class=\"script choose\"><summary>Columns</summary>{}<p><button"
                + " type=\"button\" class=\"plain\" id=\"columns-all\">all</button> <button"
                + " type=\"button\" class=\"plain\" id=\"columns-none\">only"
                + " {}</button></p></details>\n",
            choice,
            page.reference())
        : choice;
  }

  private static Html option(String value, String label) {
    return Html.of("<option value=\"{}\">{}</option>", value, label);
  }

  private Html articles() {
    int shown = Math.min(samples.size(), page.many() ? SHOWN_OF_MANY : SHOWN);
    List<Html> out = new ArrayList<>();
    for (int number = 1; number <= shown; number++) {
      out.add(SampleArticle.of(page, number));
    }
    return Html.of(
        """
        <div class="samples" id="sample-list" data-shown="{}">
        {}</div>
        <p class="script"><button type="button" class="plain more" id="more" hidden="hidden">more</button></p>
        <p class="note">{}{}{}</p>
        """,
        shown,
        out,
        gold || score
            ? new Html("<b>Bold</b>: highest of the prompt, several where they tie. ")
            : Html.NONE,
        score
            ? "The score is the reward model’s, in standard deviations of the answers of "
                + page.reference()
                + "."
            : "",
        shown < samples.size()
            ? Html.of(
                "<span class=\"rest\"> {} of {} prompts stand here; all of them are in this"
                    + " file.</span>",
                TextFormat.whole(shown),
                TextFormat.whole(samples.size()))
            : Html.NONE);
  }
}
