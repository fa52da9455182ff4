// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Aspects;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.SeenParts;
import org.plumbline.engine.rlhf.responses.Segments;
import org.plumbline.engine.rlhf.responses.Segments.Segment;

/**
 * Marks on the parts of an answer that make it worse or better in some respect (Wu et al. 2023,
 * arXiv:2306.01693, section 3, where only what is wrong is marked).
 *
 * <p>Simulated people know what they want: a category is a feature of their values, and a part adds
 * what it changes of the feature times its weight. {@link Nudge} says whether they mark it.
 * Features that they do not care about they do not mark. A mistake takes good for bad and bad for
 * good.
 *
 * @param categories features of values
 * @param unit what is marked
 */
record SpanForm(List<String> categories, SpanUnit unit) implements Form {

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double effort() {
    return Efforts.SPAN;
  }

  /** Nothing, and then the answer up to each of its parts. */
  @Override
  public List<String> weighed(List<String> seen) {
    String answer = seen.get(0);
    List<String> prefixes = new ArrayList<>(List.of(""));
    Segments.of(answer, unit).forEach(part -> prefixes.add(answer.substring(0, part.end())));
    return prefixes;
  }

  /** Of each part that they see. */
  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    Aspects aspects = impression.aspects();
    String seen = aspects.texts().get(aspects.texts().size() - 1);
    List<@Nullable Segment> parts =
        SeenParts.of(item.answers().get(0).text(), seen, Segments.of(seen, unit));
    List<Mark> marks = new ArrayList<>();
    for (String category : categories) {
      if (aspects.weight(category) != 0) {
        double[] worth = aspects.of(category);
        for (int i = 0; i < parts.size(); i++) {
          int nudge = Nudge.of(worth[i + 1] - worth[i], impression.rationality(), draws);
          Segment part = parts.get(i);
          if (part != null) {
            add(marks, part, category, nudge);
          }
        }
      }
    }
    return new Marks(marks);
  }

  private List<Segment> parts(Item item) {
    return Segments.of(item.answers().get(0).text(), unit);
  }

  private static void add(List<Mark> marks, Segment part, String category, int value) {
    if (value != 0) {
      marks.add(new Mark(part.start(), part.end(), category, value));
    }
  }

  @Override
  public Response turned(Response meant) {
    return new Marks(
        ((Marks) meant)
            .spans().stream()
                .map(mark -> new Mark(mark.start(), mark.end(), mark.category(), -mark.value()))
                .toList());
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    List<Mark> marks = new ArrayList<>();
    for (String category : categories) {
      parts(item).forEach(part -> add(marks, part, category, draws.bounded(3) - 1));
    }
    return new Marks(marks);
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("categories", categories);
    facts.put("unit", unit.name().toLowerCase(Locale.ROOT));
    return facts;
  }
}
