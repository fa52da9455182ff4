// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexCostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a+)+)+;",
        "((\\w+,?)+ ?)+;",
        "(a+)+\\1;",
        "id (\\d*)*\\1b",
        "a*a*a*a*a*a*a*;",
        "^(.*)(.*)(.*)(.*)(.*)(.*)z$"
      })
  void whatTriesAllWaysToDivideATextIsFound(String pattern) {
    assertThat(RegexCost.costly(Pattern.compile(pattern))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the (\\w+)\\?",
        "doctor|pill",
        "[A-Z]{5}",
        "\\[\\d+\\]",
        "(\\w+,)*\\w+;",
        ".*a.*b.*",
        "\\bi (?:really )?(?:think|feel)(?: that)? ([^.!?;\\n]+)",
        ""
      })
  void usualPatternsPass(String pattern) {
    assertThat(RegexCost.costly(Pattern.compile(pattern))).isFalse();
  }
}
