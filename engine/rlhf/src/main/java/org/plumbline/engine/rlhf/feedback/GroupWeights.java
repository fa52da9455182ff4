// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.aggregation.PostStratification;
import org.plumbline.engine.run.StageFailure;

/**
 * What labels of groups weigh, so that these count as they are declared to.
 *
 * @param weights by group
 * @param votes how many each group gave
 */
public record GroupWeights(
    Map<String, PostStratification.Weight> weights, Map<String, Integer> votes) {

  /** Copies the maps. */
  public GroupWeights {
    weights = new LinkedHashMap<>(weights);
    votes = new LinkedHashMap<>(votes);
  }

  /**
   * How labels were come by.
   *
   * @param recorded whether nobody can be asked for more
   * @param filtered whether some may have been left out
   */
  public record Asked(boolean recorded, boolean filtered) {}

  /**
   * Weights of the groups that gave labels.
   *
   * @param asked how the labels were come by
   * @throws StageFailure if a group that has a share gave none
   */
  public static GroupWeights of(
      Map<String, Double> target, Map<String, Integer> votes, Asked asked) {
    refuseMissing(target, votes, asked, "weigh", "leave them out of `weigh`");
    return new GroupWeights(PostStratification.of(target, votes), votes);
  }

  static void refuseMissing(
      Map<String, Double> groups,
      Map<String, Integer> votes,
      Asked asked,
      String key,
      String help) {
    List<String> missing = PostStratification.missing(groups, votes);
    if (!missing.isEmpty()) {
      throw new StageFailure(
          "PLB0351",
          "nobody of `"
              + String.join("`, `", missing)
              + "` has given a label that counts"
              + (asked.filtered() ? " after `filter`" : "")
              + ", so that no label speaks for them",
          key,
          (asked.filtered() ? "let `filter` leave out fewer, " : "")
              + (asked.recorded()
                  ? "add rows whose `group` it is, or "
                  : "ask more of them (`count`, `pairs`, `redundancy`), have them skip less, or ")
              + help);
    }
  }

  /** What a label of a group weighs. */
  public double of(String group) {
    PostStratification.Weight weight = weights.get(group);
    return weight == null ? 0 : weight.weight();
  }

  /** Which groups count for nothing. */
  List<String> ignored() {
    List<String> notes = new ArrayList<>();
    weights.forEach(
        (group, weight) -> {
          if (weight.target() == 0) {
            notes.add("what `" + group + "` says counts for nothing: it has no share in `weigh`");
          }
        });
    return notes;
  }

  /** How much is told by labels that weigh so. */
  public FeedbackSummary.Weighing summary() {
    List<FeedbackSummary.GroupWeight> groups = new ArrayList<>();
    weights.forEach(
        (group, weight) ->
            groups.add(
                new FeedbackSummary.GroupWeight(
                    group, weight.target(), weight.share(), weight.weight())));
    return new FeedbackSummary.Weighing(
        votes.values().stream().mapToInt(count -> count).sum(),
        PostStratification.effective(weights, votes),
        groups);
  }

  /** All that whoever uses the labels should know. */
  public List<String> notes() {
    List<String> notes = ignored();
    FeedbackSummary.Weighing weighing = summary();
    notes.add(
        weighing.votes()
            + " labels weigh as the groups of `weigh` do, and tell as much as "
            + Math.round(weighing.effective())
            + " of equal weight");
    return notes;
  }
}
