// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.engine.artifact.FeedbackSummary.LeftOut;
import org.plumbline.engine.rlhf.aggregation.OutlyingAgreement;
import org.plumbline.engine.rlhf.feedback.Hiring;
import org.plumbline.engine.rlhf.feedback.LeftOutNotes;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;

/**
 * Labels that count, and those that a filter leaves out: first what somebody labelled beyond the
 * most that counts of one person, then all of people who answer too few gold questions rightly, and
 * all that outliers labelled, whose responses are less alike to the others' than those of most (see
 * {@link Likeness} and {@link OutlyingAgreement}).
 */
final class ItemFilter {
  private final List<ItemLabel> kept = new ArrayList<>();
  private final List<ItemLabel> left = new ArrayList<>();
  private final List<LeftOut> who = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ItemFilter() {}

  /** All of them where there is no filter. */
  static ItemFilter of(
      @Nullable Filter filter, List<ItemLabel> labels, Map<String, Hiring.Tested> gold) {
    ItemFilter result = new ItemFilter();
    result.kept.addAll(labels);
    if (filter != null && filter.mostPerEvaluator() != null) {
      result.cap(filter.mostPerEvaluator());
    }
    if (filter != null && filter.goldAtLeast() != null) {
      result.knowing(filter.goldAtLeast(), gold);
    }
    if (filter != null && filter.outliers() != null) {
      result.agreeing(filter.outliers());
    }
    result.notes.addAll(0, LeftOutNotes.of(result.who));
    return result;
  }

  List<ItemLabel> kept() {
    return kept;
  }

  List<ItemLabel> left() {
    return left;
  }

  /** Whose labels were left out. */
  List<LeftOut> who() {
    return who;
  }

  List<String> notes() {
    return notes;
  }

  private void cap(int most) {
    Map<String, Integer> given = new LinkedHashMap<>();
    List<ItemLabel> beyond =
        kept.stream()
            .filter(l -> !l.skipped() && given.merge(l.evaluator(), 1, Integer::sum) > most)
            .toList();
    byPerson(beyond)
        .forEach(
            (name, own) ->
                who.add(
                    new LeftOut(
                        name, own.get(0).group(), own.size(), LeftOutNotes.MOST, null, null)));
    leave(beyond);
  }

  /** Leaves out who answers too few gold questions rightly; who had none stays. */
  private void knowing(double least, Map<String, Hiring.Tested> gold) {
    Map<String, Hiring.Tested> careless = new LinkedHashMap<>();
    gold.forEach(
        (name, tested) -> {
          if (tested.right() < least * tested.said() - 1e-9) {
            careless.put(name, tested);
          }
        });
    leave(
        careless.keySet(),
        LeftOutNotes.GOLD,
        name -> {
          Hiring.Tested tested = Objects.requireNonNull(careless.get(name));
          return tested.right() / tested.said();
        },
        name -> null);
  }

  /** Leaves out all that some people labelled. */
  private void leave(
      Set<String> people,
      String because,
      Function<String, Double> agreement,
      Function<String, @Nullable Double> z) {
    List<ItemLabel> theirs =
        kept.stream().filter(label -> people.contains(label.evaluator())).toList();
    byPerson(theirs)
        .forEach(
            (name, own) ->
                who.add(
                    new LeftOut(
                        name,
                        own.get(0).group(),
                        (int) own.stream().filter(label -> !label.skipped()).count(),
                        because,
                        agreement.apply(name),
                        z.apply(name))));
    leave(theirs);
  }

  private void leave(List<ItemLabel> some) {
    Set<ItemLabel> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    gone.addAll(some);
    kept.removeIf(gone::contains);
    left.addAll(some);
  }

  private static Map<String, List<ItemLabel>> byPerson(List<ItemLabel> labels) {
    Map<String, List<ItemLabel>> byPerson = new LinkedHashMap<>();
    labels.forEach(l -> byPerson.computeIfAbsent(l.evaluator(), n -> new ArrayList<>()).add(l));
    return byPerson;
  }

  private void agreeing(double most) {
    List<ItemLabel> said = kept.stream().filter(label -> !label.skipped()).toList();
    List<String> people = List.copyOf(byPerson(said).keySet());
    OutlyingAgreement.Scores scores = scores(said, people);
    Map<String, Integer> outliers = new LinkedHashMap<>();
    for (int h = 0; h < people.size(); h++) {
      if (scores.z()[h] < -most) { // not so where it is not a number
        outliers.put(people.get(h), h);
      }
    }
    if (outliers.isEmpty()) {
      notes.add(LeftOutNotes.nobody(people, scores.z(), most));
      return;
    }
    leave(
        outliers.keySet(),
        LeftOutNotes.OUTLIERS,
        name -> scores.agreement()[Objects.requireNonNull(outliers.get(name))],
        name -> scores.z()[Objects.requireNonNull(outliers.get(name))]);
  }

  private static OutlyingAgreement.Scores scores(List<ItemLabel> said, List<String> people) {
    Map<Long, List<ItemLabel>> byItem = new LinkedHashMap<>();
    said.forEach(l -> byItem.computeIfAbsent(l.item().number(), n -> new ArrayList<>()).add(l));
    Likeness likeness =
        Likeness.of(said.stream().map(l -> Objects.requireNonNull(l.response())).toList());
    Map<String, Integer> numbers = new LinkedHashMap<>();
    people.forEach(name -> numbers.put(name, numbers.size()));
    double[] sums = new double[people.size()];
    int[] labels = new int[people.size()];
    for (List<ItemLabel> own : byItem.values()) {
      for (ItemLabel label : own) {
        double alike = alike(label, own, likeness);
        if (!Double.isNaN(alike)) {
          int h = Objects.requireNonNull(numbers.get(label.evaluator()));
          sums[h] += alike;
          labels[h]++;
        }
      }
    }
    return OutlyingAgreement.of(sums, labels);
  }

  /** The mean likeness to what others said of the item; NaN if nobody else did. */
  private static double alike(ItemLabel label, List<ItemLabel> all, Likeness likeness) {
    Response response = Objects.requireNonNull(label.response());
    double sum = 0;
    int others = 0;
    for (ItemLabel other : all) {
      double alike =
          other.evaluator().equals(label.evaluator())
              ? Double.NaN
              : likeness.of(response, Objects.requireNonNull(other.response()));
      if (!Double.isNaN(alike)) {
        sum += alike;
        others++;
      }
    }
    return others == 0 ? Double.NaN : sum / others;
  }
}
