// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;

/**
 * How many people each group of a population has.
 *
 * <p>Where groups have shares, people are apportioned by largest remainder (Hamilton's method):
 * each group gets the whole part of {@code share * size}, and those who are left go to the groups
 * with the largest fractions, of equal ones to the group whose name comes first. Shares that miss 1
 * by rounding are taken relative to their sum. The arithmetic is decimal, as the shares are.
 */
public final class Headcounts {
  private Headcounts() {}

  /** The people by group, in the order of the spec; some groups may have none. */
  public static Map<String, Integer> of(EvaluatorsSpec evaluators) {
    Map<String, Group> groups = evaluators.groups() == null ? Map.of() : evaluators.groups();
    boolean shared = groups.values().stream().anyMatch(group -> group.share() != null);
    Integer size = evaluators.size();
    if (shared && size != null) {
      Map<String, Double> shares = new LinkedHashMap<>();
      groups.forEach((name, group) -> shares.put(name, group.share() == null ? 0 : group.share()));
      return apportioned(shares, size);
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    groups.forEach((name, group) -> counts.put(name, group.count()));
    return counts;
  }

  /** A group's claim: its share of the people, times the sum of all shares. */
  private record Claim(String group, BigDecimal people) {}

  /** So many people by the shares of their groups, in the order of the groups. */
  public static Map<String, Integer> apportioned(Map<String, Double> shares, int size) {
    List<Claim> claims = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, Double> entry : shares.entrySet()) {
      BigDecimal exact = BigDecimal.valueOf(entry.getValue());
      sum = sum.add(exact);
      claims.add(new Claim(entry.getKey(), exact.multiply(BigDecimal.valueOf(size))));
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    if (sum.signum() == 0) {
      shares.keySet().forEach(name -> counts.put(name, 0));
      return counts;
    }
    BigDecimal whole = sum;
    int left = size;
    for (Claim claim : claims) {
      int count = claim.people().divideToIntegralValue(whole).intValueExact();
      counts.put(claim.group(), count);
      left -= count;
    }
    // Not by the order of the spec, which stages do not know: there, keys are sorted.
    List<Claim> byFraction = new ArrayList<>(claims);
    byFraction.sort(
        Comparator.comparing((Claim claim) -> claim.people().remainder(whole))
            .reversed()
            .thenComparing(Claim::group));
    for (Claim claim : byFraction.subList(0, left)) {
      counts.merge(claim.group(), 1, Integer::sum);
    }
    return counts;
  }
}
