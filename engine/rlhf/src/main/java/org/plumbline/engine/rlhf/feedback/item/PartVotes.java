// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.plumbline.engine.rlhf.aggregation.Opinion;
import org.plumbline.engine.rlhf.aggregation.Plurality;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/**
 * What most people say of the parts of an answer.
 *
 * <p>A step is what most say who judged it (see {@link Plurality}); one of which as many say one
 * thing as another is not judged. A part is marked in a category if more than half of those who saw
 * the answer mark it, alike: who does not mark a part says that there is nothing about it.
 */
final class PartVotes {
  private PartVotes() {}

  /** By item, its steps. */
  static Map<Integer, Response> steps(List<Opinion<Response>> said) {
    List<List<Integer>> steps = new ArrayList<>();
    Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
    List<Opinion<Double>> votes = new ArrayList<>();
    for (Opinion<Response> opinion : said) {
      Steps judged = (Steps) opinion.said();
      for (int i = 0; i < judged.ends().size(); i++) {
        List<Integer> step = List.of(opinion.item(), judged.ends().get(i));
        if (numbers.putIfAbsent(step, steps.size()) == null) {
          steps.add(step);
        }
        votes.add(
            new Opinion<>(
                Objects.requireNonNull(numbers.get(step)),
                opinion.person(),
                judged.labels().get(i),
                opinion.weight()));
      }
    }
    Map<Integer, Map<Integer, Double>> byItem = new LinkedHashMap<>();
    Plurality.of(votes)
        .forEach(
            (number, label) ->
                byItem
                    .computeIfAbsent(steps.get(number).get(0), item -> new TreeMap<>())
                    .put(steps.get(number).get(1), label));
    Map<Integer, Response> responses = new LinkedHashMap<>();
    byItem.forEach(
        (item, own) ->
            responses.put(item, new Steps(List.copyOf(own.keySet()), List.copyOf(own.values()))));
    return responses;
  }

  /** By item, its marks. */
  static Map<Integer, Response> marks(List<Opinion<Response>> said) {
    Map<Integer, Double> seen = new LinkedHashMap<>();
    Map<Integer, Map<Mark, Double>> marked = new LinkedHashMap<>();
    for (Opinion<Response> opinion : said) {
      seen.merge(opinion.item(), opinion.weight(), Double::sum);
      Map<Mark, Double> own = marked.computeIfAbsent(opinion.item(), i -> new LinkedHashMap<>());
      for (Mark mark : ((Marks) opinion.said()).spans()) {
        double sign = Math.signum(mark.value());
        own.merge(
            new Mark(mark.start(), mark.end(), mark.category(), sign),
            opinion.weight(),
            Double::sum);
      }
    }
    Map<Integer, Response> responses = new LinkedHashMap<>();
    marked.forEach(
        (item, own) -> {
          double all = seen.getOrDefault(item, 0.0);
          if (all > 0) {
            responses.put(
                item,
                new Marks(
                    own.entrySet().stream()
                        .filter(mark -> mark.getValue() > all / 2)
                        .map(Map.Entry::getKey)
                        .toList()));
          }
        });
    return responses;
  }
}
