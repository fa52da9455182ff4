// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {

  @Test
  void whatIsWrittenReadsBackEqual() throws Exception {
    Comparison full = ComparisonFixture.full();

    Comparison read = ComparisonJson.read(ComparisonJson.write(full));

    assertThat(read).isEqualTo(full);
  }

  @Test
  void equalComparisonsMakeEqualBytes() {
    assertThat(ComparisonJson.write(ComparisonFixture.artifact()))
        .isEqualTo(ComparisonJson.write(ComparisonFixture.artifact()));
  }

  @Test
  void absentDataIsAbsentInTheDocument() {
    String json =
        new String(ComparisonJson.write(ComparisonFixture.withoutValues()), StandardCharsets.UTF_8);

    assertThat(json).doesNotContain("\"drift\"").doesNotContain("\"run\"").doesNotContain("null");
  }

  @Test
  void unknownFieldsAreRefused() {
    String written =
        new String(ComparisonJson.write(ComparisonFixture.artifact()), StandardCharsets.UTF_8);

    byte[] json =
        written.replaceFirst("\\{", "{\"colour\":\"red\",").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ComparisonJson.read(json)).hasMessageContaining("colour");
  }
}
