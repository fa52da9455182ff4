// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String SECRET = "sk-9fK/+\"x\\3&q<Zt0";

  @Test
  void aSecretIsMaskedInEveryFormThatTextsTakeOnByThemselves() throws Exception {
    Secrets.know(SECRET);
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    String json = new ObjectMapper().writeValueAsString(SECRET);

    assertThat(Secrets.mask("a " + SECRET + " b")).isEqualTo("a *** b");
    assertThat(Secrets.mask(json)).isEqualTo("\"***\"");
    assertThat(Secrets.mask(URLEncoder.encode(SECRET, StandardCharsets.UTF_8))).isEqualTo("***");
    assertThat(Secrets.mask("sk-9fK%2f%2b%22x%5c3%26q%3cZt0")).isEqualTo("***");
    assertThat(Secrets.mask("sk-9fK/+&quot;x\\3&amp;q&lt;Zt0")).isEqualTo("***");
    assertThat(Secrets.mask(HexFormat.of().formatHex(bytes))).isEqualTo("***");
    assertThat(Secrets.mask(HexFormat.of().withUpperCase().formatHex(bytes))).isEqualTo("***");
  }

  @Test
  void ofASecretInTheMiddleOfBase64NoDigitIsLeft() {
    Secrets.know(SECRET);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      String text = "x".repeat(random.nextInt(9)) + SECRET + "y".repeat(random.nextInt(9));
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        String masked = Secrets.mask(encoder.encodeToString(bytes));

        // What is left are the neighbours and at most the last bits of the secret.
        assertThat(masked).contains(Secrets.MASK);
        assertThat(masked.length()).isLessThanOrEqualTo((text.length() - SECRET.length()) * 2 + 8);
      }
    }
  }

  @Test
  void wordsThatStandForNoKeyAreLeftAlone() {
    Secrets.know("EMPTY");

    assertThat(Secrets.mask("the folder is EMPTY")).isEqualTo("the folder is EMPTY");
  }

  @Test
  void noRecordOfTheStoreHoldsASecret() throws Exception {
    Secrets.know(SECRET);
    record About(String text, List<String> list, Map<String, Object> map) {}
    About about = new About(SECRET, List.of(SECRET), Map.of("a", SECRET, "b", 1));

    String line = new String(StoreJson.line(about), StandardCharsets.UTF_8);
    String pretty = new String(StoreJson.pretty(about), StandardCharsets.UTF_8);

    assertThat(line)
        .contains("\"text\":\"***\"", "\"list\":[\"***\"]", "\"a\":\"***\"", "\"b\":1")
        .doesNotContain("9fK");
    assertThat(pretty).doesNotContain("9fK");
  }
}
