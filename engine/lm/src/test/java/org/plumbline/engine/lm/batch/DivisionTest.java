// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivisionTest {
  private static final long MODEL = 1_000_000;

  private static List<Integer> rows(int count, int tokens) {
    return Collections.nCopies(count, tokens);
  }

  private static int parts(long parameters, int rows, int tokens) {
    return Division.of(parameters, rows(rows, tokens), row -> row).size();
  }

  @Test
  void thereAreAsManyPartsAsTheWorkIsWorth() {
    assertThat(parts(MODEL, 31, 32)).isEqualTo(1);
    assertThat(parts(MODEL, 32, 32)).isEqualTo(2);
    assertThat(parts(MODEL, 100, 32)).isEqualTo(2);
    assertThat(parts(MODEL, 128, 32)).isEqualTo(4);
    assertThat(parts(MODEL, 4000, 32)).isEqualTo(16);
    assertThat(parts(10_000, 128, 32)).isEqualTo(1); // a small model
    assertThat(parts(MODEL, 3, 10_000)).isEqualTo(2); // no more than rows
    assertThat(parts(MODEL, 1, 10_000)).isEqualTo(1);
  }

  @Test
  void noRowIsLostOrMovedAndPartsHaveLikeShares() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(20 + i);
    }

    List<List<Integer>> parts = Division.of(MODEL, rows, row -> row);

    assertThat(parts).hasSize(4);
    assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(rows);
    long share = rows.stream().mapToLong(row -> row).sum() / 4;
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.stream().mapToLong(row -> row).sum())
                    .isBetween(share - 120, share + 120));
  }

  @Test
  void groupsStayWhole() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      rows.add(i);
    }

    List<List<Integer>> parts = Division.ofGroups(MODEL, rows, row -> row % 8, row -> 48L);

    assertThat(parts).hasSize(2);
    assertThat(parts.get(0)).hasSize(32).allSatisfy(row -> assertThat(row % 8).isLessThan(4));
    assertThat(parts.get(1)).hasSize(32).allSatisfy(row -> assertThat(row % 8).isGreaterThan(3));
  }
}
