// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.data.Preference;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.respondents.Purse;

/**
 * Recorded preferences of which it is known who gave them: the pairs that they are of, and what
 * everybody said of each.
 *
 * <p>Rows of the same prompt with the same two answers, in either order, are of one pair. Of a pair
 * somebody has one vote, the first; what they say of it later is what they say when asked again.
 * Whoever is not named is {@value #SOMEBODY}, who may be many, and has a vote with every row. Rows
 * that say to have been asked {@code again} tell nothing where the file does not hold what was said
 * before, and gold questions, whose answer was known, and what a filter left out, are not read.
 *
 * <p>Which answer was shown first is known where rows say it. Elsewhere the one with the lower hash
 * counts as the first, so that "first" has to do neither with what was chosen nor with the order of
 * the rows.
 */
public final class RecordedVotes {
  /** Who is not named. */
  public static final String SOMEBODY = "somebody";

  /** The group of those of whom no group is named. */
  public static final String GROUP = "recorded";

  private final Map<List<Object>, DrawnPair> pairs = new LinkedHashMap<>();
  private final List<LabelRow> labels = new ArrayList<>();
  private final Set<List<Object>> said = new HashSet<>();

  private RecordedVotes() {}

  /** Whether some row says who judged. */
  static boolean named(List<Preference> rows) {
    return rows.stream().anyMatch(row -> row.by().rater() != null);
  }

  /** All that was said; it cost what it cost elsewhere. */
  static Collected of(List<Preference> rows) {
    RecordedVotes votes = new RecordedVotes();
    // What was said again comes after what it repeats, wherever it stands in the file.
    List<Preference> counted =
        rows.stream().filter(row -> !row.by().known() && !row.by().leftOut()).toList();
    counted.stream().filter(row -> !row.by().again()).forEach(votes::add);
    counted.stream().filter(row -> row.by().again()).forEach(votes::repeat);
    return new Collected(List.copyOf(votes.pairs.values()), votes.labels, new Purse(null));
  }

  /** How many people each group has. */
  static Map<String, Integer> people(List<LabelRow> labels) {
    Map<String, Set<String>> people = new LinkedHashMap<>();
    labels.forEach(
        label ->
            people
                .computeIfAbsent(label.group(), group -> new LinkedHashSet<>())
                .add(label.evaluator()));
    Map<String, Integer> counts = new LinkedHashMap<>();
    new TreeSet<>(people.keySet())
        .forEach(group -> counts.put(group, people.getOrDefault(group, Set.of()).size()));
    return counts;
  }

  private void repeat(Preference row) {
    String rater = row.by().rater();
    DrawnPair pair = rater == null ? null : pairs.get(same(drawn(row)));
    if (pair != null && said.contains(List.of(pair.pair(), rater))) {
      add(row);
    }
  }

  private void add(Preference row) {
    DrawnPair pair = pair(row);
    if (pair.identical()) {
      return; // there is nothing to say
    }
    Preference.By by = row.by();
    boolean chosenIsOne = pair.one().equals(row.chosen());
    Boolean chosenFirst = by.chosenFirst();
    boolean swapped = chosenFirst != null && chosenFirst != chosenIsOne;
    LabelRow.Evaluator who =
        new LabelRow.Evaluator(
            by.rater() == null ? SOMEBODY : by.rater(),
            by.group() == null ? GROUP : by.group(),
            by.malicious(),
            0);
    boolean skipped = row.support().skipped();
    double strength = row.support().strength();
    OptionalDouble first =
        skipped
            ? OptionalDouble.empty()
            : OptionalDouble.of(chosenIsOne != swapped ? strength : 1 - strength);
    LabelRow label =
        !skipped && strength == 0.5
            ? LabelRow.equal(pair, swapped, who)
            : LabelRow.of(pair, swapped, who, first);
    boolean again =
        by.again() || (!skipped && by.rater() != null && !said.add(List.of(pair.pair(), who.id())));
    labels.add(
        label.with(
            new LabelContext(null, null, null, null, null, again, chosenFirst == null, null)));
  }

  private DrawnPair pair(Preference row) {
    DrawnPair pair = drawn(row);
    DrawnPair known = pairs.putIfAbsent(same(pair), pair);
    return known == null ? pair : known;
  }

  /** What pairs have in common that are one. */
  private static List<Object> same(DrawnPair pair) {
    return List.of(pair.prompt(), pair.one(), pair.two(), pair.oneFinished(), pair.twoFinished());
  }

  private DrawnPair drawn(Preference row) {
    Preference.Support support = row.support();
    boolean inOrder = hash(row.chosen()) <= hash(row.rejected());
    return new DrawnPair(
        pairs.size(),
        row.prompt(),
        inOrder ? row.chosen() : row.rejected(),
        inOrder ? row.rejected() : row.chosen(),
        inOrder ? support.chosenFinished() : support.rejectedFinished(),
        inOrder ? support.rejectedFinished() : support.chosenFinished());
  }

  private static long hash(Answer answer) {
    return TextHash.word(answer.json().toString());
  }
}
