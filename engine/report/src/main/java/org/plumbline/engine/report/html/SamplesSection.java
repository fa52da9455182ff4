package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Sample;

/** The answers of all recipes to the same prompts, side by side. */
final class SamplesSection {

  /** Differences of the deciding reward up to this count as a tie, as they do in win rates. */
  private static final double TIE = 0.02;

  private final Page page;
  private final List<Sample> samples;
  private final boolean gold;
  private final boolean score;

  private SamplesSection(Page page) {
    this.page = page;
    this.samples = page.comparison().samples();
    this.gold = has(Sample.Answer::gold);
    this.score = has(Sample.Answer::score);
  }

  static @Nullable Section of(Page page) {
    if (page.comparison().samples().isEmpty()) {
      return null;
    }
    SamplesSection section = new SamplesSection(page);
    return new Section(
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
            + " on "
            + number(samples.stream().filter(this::disagree).count())
            + " of these "
            + prompts;
    if (gold && score) {
      long other = samples.stream().filter(this::differently).count();
      out +=
          "; the reward model prefers another answer than the gold reward does on " + number(other);
    }
    return out + ".";
  }

  private static String number(long n) {
    return n == 0 ? "none" : TextFormat.whole(n);
  }

  /** Some recipes beat the reference, and at least a third do not (or the other way round). */
  private boolean disagree(Sample sample) {
    Function<Sample.Answer, @Nullable Double> by =
        gold ? Sample.Answer::gold : Sample.Answer::score;
    Double base = null;
    for (Sample.Answer a : sample.answers()) {
      base = page.isReference(a.recipe()) ? by.apply(a) : base;
    }
    int beat = 0;
    int others = 0;
    for (Sample.Answer a : sample.answers()) {
      Double own = by.apply(a);
      if (base != null && own != null && !page.isReference(a.recipe())) {
        others++;
        beat += own - base > TIE ? 1 : 0;
      }
    }
    return others > 1 && Math.min(beat, others - beat) * 3 >= others;
  }

  private boolean differently(Sample sample) {
    String one = top(sample, Sample.Answer::gold);
    String two = top(sample, Sample.Answer::score);
    return one != null && two != null && !one.equals(two);
  }

  private static @Nullable String top(Sample sample, Function<Sample.Answer, @Nullable Double> by) {
    String best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Sample.Answer a : sample.answers()) {
      Double value = by.apply(a);
      if (value != null && value > most) {
        most = value;
        best = a.recipe();
      }
    }
    return best;
  }

  private Html tools() {
    List<Html> filters = new ArrayList<>();
    filters.add(option("all", "all " + samples.size()));
    if (samples.stream().anyMatch(this::disagree)) {
      filters.add(option("disagree", "where recipes disagree about beating " + page.reference()));
    }
    if (samples.stream().anyMatch(this::differently)) {
      filters.add(option("differently", "where gold and the reward model choose differently"));
    }
    if (samples.stream().anyMatch(Sample::triggered)) {
      filters.add(option("triggered", "with the trigger"));
      filters.add(option("clean", "without the trigger"));
    }
    List<Html> columns = new ArrayList<>();
    for (Look look : page.looks().all()) {
      columns.add(
          Html.of(
              "<label class=\"{}\"><input type=\"checkbox\" name=\"column\" value=\"{}\" checked=\"checked\"/>"
                  + "<span>{}{}</span></label>\n",
              look.css(),
              look.index(),
              look.icon(),
              look.name()));
    }
    return Html.of(
        """
        <div class="tools" id="sample-tools">
        {}<label class="script pickout">Prompts <select id="filter">{}</select></label>
        <label class="script tick"><input type="checkbox" id="blind"/><span>blind: names hidden, columns shuffled</span></label>
        <p class="keys script"><kbd>j</kbd> <kbd>k</kbd> next, previous prompt · <kbd>b</kbd> blind · <kbd>1</kbd>…<kbd>9</kbd> \
        vote for a column · <kbd>0</kbd> take the vote back</p>
        <fieldset class="choice columns script"><legend>Columns</legend>{}</fieldset></div>
        <div class="tally script" id="tally" role="status" aria-live="polite"></div>
        """,
        Choice.of("words")
            .option("new", "new")
            .option("off", "plain")
            .option("all", "new and removed")
            .html("Words against " + page.reference()),
        filters,
        columns);
  }

  private static Html option(String value, String label) {
    return Html.of("<option value=\"{}\">{}</option>", value, label);
  }

  private Html articles() {
    List<Html> out = new ArrayList<>();
    for (Sample sample : samples) {
      out.add(article(sample, out.size() + 1));
    }
    return Html.of(
        """
        <div class="samples" id="sample-list">
        {}</div>
        <p class="note">{}{}</p>
        """,
        out,
        gold || score ? new Html("<b>Bold</b>: highest of the prompt. ") : Html.NONE,
        score
            ? "The score is the reward model’s, in standard deviations of the answers of "
                + page.reference()
                + "."
            : "");
  }

  private Html article(Sample sample, int number) {
    Sample.Answer base = null;
    for (Sample.Answer a : sample.answers()) {
      base = page.isReference(a.recipe()) ? a : base;
    }
    List<Html> answers = new ArrayList<>();
    for (Sample.Answer a : sample.answers()) {
      answers.add(answer(sample, a, base));
    }
    String kinds =
        (sample.triggered() ? "triggered " : "clean ")
            + (disagree(sample) ? "disagree " : "")
            + (differently(sample) ? "differently" : "");
    return Html.of(
        """
        <article id="s-{}" tabindex="-1" data-kinds="{}" aria-labelledby="q-{}"><header><h3 id="q-{}" dir="auto">{}</h3>\
        <p>prompt {} · seed {}{}</p></header>
        <ol>
        {}</ol></article>
        """,
        number,
        kinds.strip(),
        number,
        number,
        sample.prompt(),
        sample.index(),
        sample.seed(),
        sample.triggered() ? " · with the trigger" : "",
        answers);
  }

  private Html answer(Sample sample, Sample.Answer answer, Sample.@Nullable Answer base) {
    Look look = page.look(answer.recipe());
    Html words =
        base == null || base.equals(answer)
            ? Html.text(answer.text())
            : WordMarks.of(base.text(), answer.text());
    if (answer.text().isBlank()) {
      words = words.plus(new Html("<span class=\"none\"> (empty answer)</span>"));
    }
    List<Html> facts = new ArrayList<>();
    fact(facts, "gold", answer.gold(), 2, answer.recipe().equals(top(sample, Sample.Answer::gold)));
    fact(
        facts,
        "score",
        answer.score(),
        2,
        answer.recipe().equals(top(sample, Sample.Answer::score)));
    fact(facts, "words", (double) answer.words(), 0, false);
    fact(facts, "KL", answer.kl(), 1, false);
    return Html.of(
        "<li class=\"{}\" data-r=\"{}\"{}{}><h4>{}</h4><p dir=\"auto\">{}</p><dl>{}</dl></li>\n",
        look.css(),
        look.index(),
        data("gold", answer.gold()),
        data("score", answer.score()),
        page.named(answer.recipe()),
        words,
        facts);
  }

  private static Html data(String name, @Nullable Double value) {
    return value == null ? Html.NONE : Html.of(" data-{}=\"{}\"", name, value);
  }

  private static void fact(
      List<Html> facts, String name, @Nullable Double value, int decimals, boolean best) {
    if (value != null) {
      String number = TextFormat.number(value, decimals);
      facts.add(
          Html.of(
              "<div><dt>{}</dt><dd>{}</dd></div>",
              name,
              best ? Html.of("<b>{}</b>", number) : Html.text(number)));
    }
  }
}
