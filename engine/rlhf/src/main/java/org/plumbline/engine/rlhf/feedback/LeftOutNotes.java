// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plumbline.engine.artifact.FeedbackSummary.LeftOut;
import org.plumbline.engine.rlhf.aggregation.OutlyingAgreement;
import org.plumbline.engine.run.StageFailure;

/** Says whose labels count for nothing, and why. */
public final class LeftOutNotes {
  /** Why labels are left out that are more than count of one person. */
  public static final String MOST = "most_per_evaluator";

  /** Why labels are left out of people who agree too little. */
  public static final String OUTLIERS = "outliers";

  /** Why labels are left out of people who move what all come to more than others do. */
  public static final String INFLUENCE = "influence";

  /** Why labels are left out of people who do not know what is known. */
  public static final String GOLD = "gold_at_least";

  private LeftOutNotes() {}

  /**
   * Refuses to go on with nothing.
   *
   * @param asked how many labels there are
   * @param kept how many of them count
   * @throws StageFailure {@code PLB0509} if a filter left out all of them
   */
  public static void refuseNothing(int asked, int kept, List<LeftOut> all) {
    if (asked > 0 && kept == 0) {
      throw new StageFailure(
          "PLB0509",
          "`filter` leaves out all " + asked + " labels: " + String.join("; ", of(all)),
          "filter",
          "let it leave out fewer: lower `gold_at_least`, or raise `outliers`,"
              + " `influence` or `most_per_evaluator`");
    }
  }

  /** One sentence for each reason. */
  public static List<String> of(List<LeftOut> all) {
    List<String> notes = new ArrayList<>();
    List<LeftOut> capped = because(all, MOST);
    if (!capped.isEmpty()) {
      notes.add(
          labels(capped)
              + " labels of "
              + people(capped)
              + " are more than `most_per_evaluator` lets count of one person, and are left out: "
              + names(capped));
    }
    List<LeftOut> wrong = because(all, GOLD);
    if (!wrong.isEmpty()) {
      notes.add(
          "the "
              + labels(wrong)
              + " labels of "
              + people(wrong)
              + " who answer too few gold questions rightly are left out: "
              + names(wrong));
    }
    List<LeftOut> outliers = because(all, OUTLIERS);
    if (!outliers.isEmpty()) {
      notes.add(
          "the "
              + labels(outliers)
              + " labels of "
              + people(outliers)
              + " who agree too little with the others are left out: "
              + names(outliers));
    }
    List<LeftOut> moving = because(all, INFLUENCE);
    if (!moving.isEmpty()) {
      notes.add(
          "the "
              + labels(moving)
              + " labels of "
              + people(moving)
              + " who move what all labels come to more than others do are left out: "
              + names(moving));
    }
    return notes;
  }

  /** What is to be said where nobody is an outlier. */
  public static String nobody(List<String> people, double[] z, double most) {
    int least = -1;
    for (int h = 0; h < z.length; h++) {
      least = !Double.isNaN(z[h]) && (least < 0 || z[h] < z[least]) ? h : least;
    }
    return least < 0
        ? "`outliers` leaves nobody out: nobody gave "
            + OutlyingAgreement.LABELS
            + " labels of what others labelled too"
        : String.format(
            Locale.ROOT,
            "`outliers: %s` leaves nobody out: `%s` agrees least with the others, z = %.1f",
            most,
            people.get(least),
            z[least]);
  }

  /** What is to be said where nobody moves too much. */
  static String nobodyMoves(List<String> people, double[] z, double most) {
    int first = 0;
    for (int h = 1; h < z.length; h++) {
      first = z[h] > z[first] ? h : first;
    }
    return people.isEmpty()
        ? "`influence` leaves nobody out: nobody gave a label that counts"
        : String.format(
            Locale.ROOT,
            "`influence: %s` leaves nobody out: `%s` moves most, z = %.1f",
            most,
            people.get(first),
            z[first]);
  }

  private static List<LeftOut> because(List<LeftOut> all, String why) {
    return all.stream().filter(one -> one.because().equals(why)).toList();
  }

  private static int labels(List<LeftOut> some) {
    return some.stream().mapToInt(LeftOut::labels).sum();
  }

  private static String people(List<LeftOut> some) {
    return some.size() + (some.size() == 1 ? " person" : " people");
  }

  private static String names(List<LeftOut> some) {
    List<String> names = new ArrayList<>();
    for (LeftOut one : some.subList(0, Math.min(5, some.size()))) {
      names.add("`" + one.evaluator() + "`" + facts(one));
    }
    return String.join(", ", names) + (some.size() > 5 ? " and others" : "");
  }

  private static String facts(LeftOut one) {
    if (one.agreement() == null) {
      return one.z() == null ? "" : String.format(Locale.ROOT, " (z = %.1f)", one.z());
    }
    String share = String.format(Locale.ROOT, "%.0f %%", 100 * one.agreement());
    return one.z() == null
        ? " (right on " + share + ")"
        : " (agrees on " + share + String.format(Locale.ROOT, ", z = %.1f)", one.z());
  }
}
