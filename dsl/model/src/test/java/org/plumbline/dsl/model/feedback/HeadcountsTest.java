// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;

class HeadcountsTest {

  @Test
  void theLargestFractionsGetWhoIsLeft() {
    // 3.3, 3.3, 0.9, 3.5: of 2 who are left, one goes to 0.9 and one to 3.5
    assertThat(counts(11, 0.3, 0.3, 0.082, 0.318)).containsExactly(3, 3, 1, 4);
    assertThat(counts(20, 0.9, 0.1)).containsExactly(18, 2);
  }

  @Test
  void ofEqualFractionsTheFirstByNameComesFirstWhateverTheOrder() {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("b", group(0, 0.5));
    groups.put("a", group(0, 0.5));
    assertThat(Headcounts.of(population(groups, 3)))
        .containsExactly(Map.entry("b", 1), Map.entry("a", 2));
    assertThat(counts(10, 0.25, 0.25, 0.25, 0.25)).containsExactly(3, 3, 2, 2);
    assertThat(counts(5, 0.1, 0.3, 0.6)).containsExactly(1, 1, 3);
    assertThat(counts(10, 0.333, 0.333, 0.333)).containsExactly(4, 3, 3);
  }

  @Test
  void aShareOfNothingIsNobodyAndASmallOneMayBe() {
    assertThat(counts(1, 0.0, 0.6, 0.4)).containsExactly(0, 1, 0);
    assertThat(counts(1, 1.0)).containsExactly(1);
  }

  @Test
  void whateverTheSharesAllPeopleAreInAGroupAndNoGroupIsOffByOne() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      int size = 1 + random.nextInt(300);
      double cut = Math.rint(random.nextDouble() * 1000) / 1000;
      List<Double> shares = List.of(cut / 2, cut / 2, 1 - cut);

      List<Integer> counts = counts(size, shares.get(0), shares.get(1), shares.get(2));

      assertThat(counts.stream().mapToInt(count -> count).sum()).isEqualTo(size);
      for (int g = 0; g < 3; g++) {
        assertThat(Math.abs(counts.get(g) - shares.get(g) * size)).isLessThan(1 + 1e-9);
      }
    }
  }

  @Test
  void groupsWithoutSharesHaveTheirCounts() {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("a", group(3, null));
    groups.put("b", group(0, null));

    assertThat(Headcounts.of(population(groups, null)))
        .containsExactly(Map.entry("a", 3), Map.entry("b", 0));
  }

  private static List<Integer> counts(int size, double... shares) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (double share : shares) {
      groups.put("g" + groups.size(), group(0, share));
    }
    return new ArrayList<>(Headcounts.of(population(groups, size)).values());
  }

  private static EvaluatorsSpec population(Map<String, Group> groups, @Nullable Integer size) {
    return new EvaluatorsSpec("good", 0, groups, null, size, null, null, null, null, null);
  }

  private static Group group(int count, @Nullable Double share) {
    return new Group(
        count, null, 1, 0, 0, 0, 0, null, share, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null);
  }
}
