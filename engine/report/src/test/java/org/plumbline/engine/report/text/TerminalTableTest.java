// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.Golden;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.InventedInput;

class TerminalTableTest {

  @Test
  void everythingInUnicode() throws Exception {
    Golden.check("text/full.txt", TerminalTable.render(ComparisonFixture.full(), Signs.UNICODE));
  }

  @Test
  void theSameInAscii() throws Exception {
    String text = TerminalTable.render(ComparisonFixture.full(), Signs.ASCII);

    Golden.check("text/full-ascii.txt", text);
    assertThat(text).matches("\\p{ASCII}*");
  }

  @Test
  void withoutDeclaredValuesItSaysWhatDecides() throws Exception {
    Comparison comparison = ComparisonFixture.withoutValues();

    Golden.check("text/without-values.txt", TerminalTable.render(comparison, Signs.UNICODE));
  }

  @Test
  void oneSeedFits() throws Exception {
    Comparison comparison = Compare.of(InventedInput.oneSeed());

    Golden.check("text/one-seed.txt", TerminalTable.render(comparison, Signs.UNICODE));
  }

  @Test
  void noLineIsWiderThanEightyColumnsEvenWithLongNames() {
    Comparison comparison = Compare.of(InventedInput.longNames());

    List<String> lines = TerminalTable.render(comparison, Signs.UNICODE).lines().toList();

    assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(lines).anyMatch(line -> line.contains("95 %"));
  }
}
