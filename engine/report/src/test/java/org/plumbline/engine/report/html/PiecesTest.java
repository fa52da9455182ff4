// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.statistics.Noise;

/** The small parts that sections are made of. */
class PiecesTest {

  @Test
  void textIsEscapedAndMarkupIsNot() {
    assertThat(Html.of("<p a=\"{}\">{}</p>", "\"<&>'", Html.of("<b>{}</b>", "x{}y")).markup())
        .isEqualTo("<p a=\"&quot;&lt;&amp;&gt;&#39;\"><b>x{}y</b></p>");
  }

  @Test
  void charactersThatActOrThatXmlForbidsAreSpelledOut() {
    assertThat(Html.text("a\u0000\u001b\ud800b\u0085\u202e\u2028\n\ud83d\ude00").markup())
        .isEqualTo("a\\u0000\\u001b\\ud800b\\u0085\\u202e\\u2028\n\ud83d\ude00");
  }

  @Test
  void slotsAndPartsMustMatch() {
    assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Html.of("", "x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbersHaveATrueMinusAndNoMinusZero() {
    assertThat(TextFormat.number(-1234.56, 1)).isEqualTo("−1\u202f234.6");
    assertThat(TextFormat.number(-.004, 2)).isEqualTo("0.00");
    assertThat(TextFormat.signed(.004, 2)).isEqualTo("0.00");
    assertThat(TextFormat.signed(.5, 1)).isEqualTo("+0.5");
    assertThat(TextFormat.number(Double.NaN, 1)).isEqualTo("–");
    assertThat(TextFormat.range(new Interval(.5, .25, .75), 100, 0)).isEqualTo("[25, 75]");
    assertThat(TextFormat.range(Interval.exact(1), 1, 0)).isEmpty();
  }

  @Test
  void durationsAndListsAreSaidAsPeopleSayThem() {
    assertThat(List.of(TextFormat.clock(9), TextFormat.clock(75), TextFormat.clock(3661)))
        .containsExactly("0:09", "1:15", "1:01:01");
    assertThat(TextFormat.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(TextFormat.list(List.of())).isEmpty();
    assertThat(TextFormat.brief("abcdefghij", 5)).isEqualTo("ab…ij");
  }

  @Test
  void ticksAreRoundAndInsideTheAxis() {
    Scale scale = Scale.around(-.31, .72, 5);

    assertThat(scale.ticks())
        .hasSizeBetween(5, 7)
        .allMatch(t -> t >= scale.low() && t <= scale.high());
    assertThat(scale.low()).isLessThanOrEqualTo(-.31);
    assertThat(scale.high()).isGreaterThanOrEqualTo(.72);
    assertThat(Scale.root(64, 4).ticks()).containsExactly(0.0, 4.0, 16.0, 36.0, 64.0);
    assertThat(Scale.around(3, 3, 4).ticks()).isNotEmpty();
  }

  @Test
  void pathsAreRelativeAndExactToATenth() {
    assertThat(
            Path.through(
                List.of(new double[] {1, 2}, new double[] {1.55, 1.5}, new double[] {11, 1.5})))
        .isEqualTo("M1 2l.6-.5 9.4 0");
    assertThat(Path.through(List.of(new double[] {1, 2}))).isEqualTo("M1 2l0 0");
  }

  @Test
  void labelsKeepTheirDistanceAndTheirOrder() {
    double[] placed = LabelLayout.apart(new double[] {10, 11, 50, 11}, 10, 0, 60);

    assertThat(placed[1] - placed[0]).isCloseTo(10, within(1e-9));
    assertThat(placed[3] - placed[1]).isCloseTo(10, within(1e-9));
    assertThat(placed[2]).isEqualTo(50);
    assertThat((placed[0] + placed[1] + placed[3]) / 3).isCloseTo(32 / 3.0, within(1e-9));
    assertThat(LabelLayout.apart(new double[] {59, 60}, 10, 0, 60)).containsExactly(50, 60);
  }

  @Test
  void aFallIsToldFromJitter() {
    assertThat(Noise.standsOut(.25, new double[] {.6, 1.2, 1.4, 1.2, 1.5, 1.3, 1.25})).isFalse();
    assertThat(Noise.standsOut(2, new double[] {.6, 1.2, 1, .6, .2, -.3, -.8})).isTrue();
    assertThat(Noise.standsOut(2, new double[] {2, 0})).isFalse();
  }

  @Test
  void onlyWordsThatDifferAreMarked() {
    assertThat(WordMarks.of("The parcel was late.", "the parcel is <b>late</b>, sorry").markup())
        .isEqualTo("the parcel<del> was late.</del> <ins>is &lt;b&gt;late&lt;/b&gt;, sorry</ins>");
    assertThat(WordMarks.of("", "new").markup()).isEqualTo("<ins>new</ins>");
    assertThat(WordMarks.of("old", "").markup()).isEqualTo("<del> old</del>");
    assertThat(WordMarks.of("same words", "Same words !").markup())
        .isEqualTo("Same words <ins>!</ins>");
  }

  @Test
  void linesAndIndentationOfAnAnswerStay() {
    assertThat(WordMarks.of("a b", "a\n    b\n\tc\n").markup())
        .isEqualTo("a\n    b\n\t<ins>c</ins>\n");
  }

  @Test
  void scriptsWithoutSpacesAreComparedByTheCharacter() {
    assertThat(WordMarks.of("明天送到", "明天会送到").markup()).isEqualTo("明天<ins>会</ins>送到");
  }

  @Test
  void ofManyNamesTheFirstAreSaid() {
    assertThat(TextFormat.some(List.of("a", "b", "c", "d", "e", "f")))
        .isEqualTo("a, b, c, d, e and f");
    assertThat(TextFormat.some(List.of("a", "b", "c", "d", "e", "f", "g")))
        .isEqualTo("a, b, c, d and 3 others");
  }

  @Test
  void aPlanIsLaidOutFromLeftToRightWithoutWhatFollows() {
    PlanLayout layout =
        PlanLayout.of(
            plan(
                node("a"),
                node("b", "a"),
                node("c", "a", "b", "unknown"),
                node("d", "a"),
                node("e", "c", "d", "e")));

    assertThat(layout.layers()).isEqualTo(4);
    assertThat(layout.edges().stream().map(e -> e.from().name() + e.to().name()))
        .containsExactlyInAnyOrder("ab", "bc", "ad", "ce", "de");
    for (PlanLayout.Place one : layout.nodes()) {
      for (PlanLayout.Place two : layout.nodes()) {
        if (one != two && one.layer == two.layer) {
          assertThat(Math.abs(one.y - two.y)).isGreaterThan(50);
        }
      }
    }
  }

  private static PlanSummary plan(PlanSummary.Node... nodes) {
    return new PlanSummary(nodes.length, 0, 0, nodes.length, 0, 0, 0, List.of(nodes), List.of());
  }

  private static PlanSummary.Node node(String name, String... inputs) {
    return new PlanSummary.Node(
        name, "policies", "ppo", 1, 0, 1, 1, List.of(), List.of(inputs), null);
  }
}
