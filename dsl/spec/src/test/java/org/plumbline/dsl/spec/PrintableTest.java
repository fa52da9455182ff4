// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.diagnostic.Printable;

class PrintableTest {

  @Test
  void whatActsIsSpelledOutAndAllOtherTextStays() {
    assertThat(Printable.line("a\u001b[2J\u0007\r\n\tb\u007f\u0085\u009b\u202e\u2066\u2028\ufeff"))
        .isEqualTo(
            "a\\u001b[2J\\u0007\\u000d\\u000a\\u0009b\\u007f\\u0085\\u009b\\u202e\\u2066\\u2028"
                + "\\ufeff");
    assertThat(Printable.line("\ud800 \udc00 \udb40\udc41 \uffff"))
        .isEqualTo("\\ud800 \\udc00 \\u{e0041} \\uffff");
    String harmless = "Grüße, 漢字, العربية, می‌خواهم, 👩‍💻, ½ “x” −1 \u00a0 ± …";
    assertThat(Printable.line(harmless)).isSameAs(harmless);
    assertThat(Printable.text("a\n\tb\r\u001b")).isEqualTo("a\n\tb\\u000d\\u001b");
  }

  @Test
  void aJsonDocumentMeansTheSameAndShowsNothingThatActs() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 20; j++) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x300 : 0x10000));
      }
      String document = mapper.writeValueAsString(new String[] {text.toString()});

      String shown = Printable.json(document);

      assertThat(mapper.readTree(shown).path(0).asText()).isEqualTo(text.toString());
      assertThat(Printable.text(shown)).isEqualTo(shown);
      assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(shown);
    }
  }
}
