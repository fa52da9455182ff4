// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  /** Numbers of RFC 8785, appendix B, and some that this language has. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "0.1, 0.1",
    "3e-4, 0.0003",
    "1e-7, 1e-7",
    "4.9E-324, 5e-324",
    "-4.9E-324, -5e-324",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "295147905179352830000, 295147905179352830000",
    "9.999999999999997E22, 9.999999999999997e+22",
    "1e23, 1e+23",
    "1.0E21, 1e+21",
    "333333333.3333333, 333333333.3333333",
    "0.000001, 0.000001",
    "2.0E-3, 0.002",
  })
  void numbersAreWrittenAsEcmaScriptDoes(double value, String expected) {
    assertThat(CanonicalJson.write(value)).isEqualTo(expected);
  }

  @Test
  void everyNumberReadsBackAsItself() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value) && !Double.isInfinite(value)) {
        assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void keysAreSortedAndNothingIsBetween() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", List.of(1L, true, "x"));
    map.put("a", Map.of());
    map.put("€", 0.5);

    assertThat(CanonicalJson.write(map)).isEqualTo("{\"a\":{},\"b\":[1,true,\"x\"],\"€\":0.5}");
  }

  @Test
  void textIsEscapedWhereItMustBe() {
    assertThat(CanonicalJson.write("a\"b\\c\n\u0001/ü")).isEqualTo("\"a\\\"b\\\\c\\n\\u0001/ü\"");
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> CanonicalJson.write(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
