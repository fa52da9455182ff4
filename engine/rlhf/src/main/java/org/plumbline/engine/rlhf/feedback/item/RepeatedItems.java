// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.feedback.AskedAgain;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.Wilson;

/**
 * How far people say of other things than pairs what they said before.
 *
 * <p>Of numbers (ratings, steps of a scale, sliders): the test-retest correlation, which is
 * Pearson's of the first with the second number, with Fisher's interval (R. A. Fisher, "On the
 * probable error of a coefficient of correlation deduced from a small sample", Metron 1, 1921), and
 * by how much the second is higher on average; a person of constant mood and a scale that shifts
 * have a high one and a difference:
 *
 * <pre>{@code
 * z = atanh r +- 1.96 / sqrt(n - 3),   r = tanh z
 * }</pre>
 *
 * <p>Of orders: the mean of Kendall's tau ("A new measure of rank correlation", Biometrika 30,
 * 1938). Of steps and marks: the mean share of those that are the same (see {@link Likeness}). Of
 * classes, best answers and steps of a scale: the share of labels that are the same, as of
 * comparisons. Remarks are the same if they ask for the same, in whichever words and order.
 */
final class RepeatedItems {
  private static final int LEAST = 4;

  private RepeatedItems() {}

  /** Null if nobody was asked again. */
  static FeedbackSummary.@Nullable Repeats summary(
      String kind, List<ItemLabel> first, List<ItemLabel> again) {
    if (again.isEmpty()) {
      return null;
    }
    Map<List<Object>, ItemLabel> before = new HashMap<>();
    first.stream()
        .filter(label -> !label.skipped())
        .forEach(label -> before.put(key(label), label));
    List<Response> one = new ArrayList<>();
    List<Response> two = new ArrayList<>();
    for (ItemLabel label : again) {
      Response second = label.response();
      if (second != null) {
        ItemLabel earlier = Objects.requireNonNull(before.get(key(label)));
        one.add(Objects.requireNonNull(earlier.response()));
        two.add(second);
      }
    }
    boolean numbers = kind.equals("scalar") || kind.equals("slider");
    boolean parts = kind.equals("step") || kind.equals("span");
    return new FeedbackSummary.Repeats(
        again.size(),
        one.size(),
        numbers || kind.equals("rankings")
            ? null
            : parts ? mean(alike(one, two), 0) : AskedAgain.consistency(same(one, two)),
        numbers || kind.equals("likert") ? correlation(numbers(one), numbers(two)) : null,
        numbers || kind.equals("likert") ? difference(numbers(one), numbers(two)) : null,
        kind.equals("rankings") ? mean(taus(one, two), -1) : null);
  }

  private static List<Object> key(ItemLabel label) {
    return List.of(label.item().number(), label.evaluator());
  }

  private static List<Boolean> same(List<Response> one, List<Response> two) {
    List<Boolean> same = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      same.add(meant(one.get(i)).equals(meant(two.get(i))));
    }
    return same;
  }

  /** Of remarks what they ask for: there are several ways to say one thing. */
  private static Object meant(Response response) {
    return response instanceof Response.Remarks remarks
        ? remarks.texts().stream()
            .map(text -> Remark.said(text).<Object>map(remark -> remark).orElse(text))
            .collect(Collectors.toSet())
        : response;
  }

  private static double[] alike(List<Response> one, List<Response> two) {
    Likeness likeness = new Likeness(0);
    double[] alike = new double[one.size()];
    for (int i = 0; i < alike.length; i++) {
      alike[i] = likeness.of(one.get(i), two.get(i));
    }
    return known(alike);
  }

  private static double[] taus(List<Response> one, List<Response> two) {
    Likeness likeness = new Likeness(0);
    double[] taus = new double[one.size()];
    for (int i = 0; i < taus.length; i++) {
      Ranking a = (Ranking) one.get(i);
      taus[i] = 2 * likeness.of(a, two.get(i)) - 1;
    }
    return known(taus);
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double[] numbers(List<Response> said) {
    return said.stream().mapToDouble(response -> ((Rating) response).number()).toArray();
  }

  /** The mean with a normal interval; null if there is nothing. */
  private static @Nullable ValueWithInterval mean(double[] values, double least) {
    if (values.length == 0) {
      return null;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double half =
        values.length < 2 ? 1 : Wilson.Z95 * Moments.sd(values) / Math.sqrt(values.length);
    return new ValueWithInterval(mean, Math.max(least, mean - half), Math.min(1, mean + half));
  }

  private static @Nullable Double difference(double[] one, double[] two) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += two[i] - one[i];
    }
    return one.length == 0 ? null : (Double) (sum / one.length);
  }

  /** Null where one of both is constant, or there are too few to tell. */
  private static @Nullable ValueWithInterval correlation(double[] one, double[] two) {
    if (one.length < LEAST || Moments.sd(one) == 0 || Moments.sd(two) == 0) {
      return null;
    }
    double r = Math.max(-1, Math.min(1, Moments.correlation(one, two)));
    double z = 0.5 * (Math.log1p(r) - Math.log1p(-r));
    double half = Wilson.Z95 / Math.sqrt(one.length - 3.0);
    return new ValueWithInterval(r, Math.tanh(z - half), Math.tanh(z + half));
  }
}
