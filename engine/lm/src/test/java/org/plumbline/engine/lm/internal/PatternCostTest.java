// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternCostTest {

  /** Of published tokenizers: GPT-2, GPT-4, Llama 3, Qwen, GPT-4o, Mistral, DeepSeek, BLOOM... */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+|"
            + " ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?((?=[\\p{L}])([^a-z]))*((?=[\\p{L}])([^A-Z]))+(?i:'s|'t)?|\\s+",
        "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{M}&&[^\\p{Han}]]+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|"
            + " ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        " ?[^(\\s|[.,!?…。，、।۔،])]+",
        "\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))",
        "\\d{1,3}(?=(\\d{3})*\\b)",
        " {2,}",
        "[0-9][0-9][0-9]"
      })
  void patternsOfPublishedTokenizersMayReadLongTexts(String pattern) {
    assertThat(cost(pattern).longestText()).isGreaterThan(1_000_000);
  }

  /** Each was seen to end the process at some text of less than 10,000 characters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$b",
        "(a|aa)+$b",
        "(a*)*b",
        "(?:a?){50}a{50}",
        "a*a*a*b",
        "(?:a{1,9}){1,9}{1,9}b",
        "(?=(a+)+b)",
        "((a|b)*)*c",
        "(?i)x|(a+){2,}b",
        "(?>(a+)+b)"
      })
  void patternsThatGoBackTooOftenMayReadNone(String pattern) {
    assertThat(cost(pattern).longestText()).isLessThan(ModelLimits.TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a",
        "a)",
        "[a",
        "*a",
        "\\",
        "(?<x>\\g<x>)",
        "(?~a)",
        "(*FAIL)",
        "(?x) a",
        "a{9999999}"
      })
  void whatIsNotUnderstoodIsRefused(String pattern) {
    assertThatThrownBy(() -> PatternParser.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestingAndLengthAreLimited() {
    assertThatThrownBy(() -> PatternParser.parse("(".repeat(60) + ")".repeat(60)))
        .hasMessage("it nests more than 50 deep");
    assertThatThrownBy(() -> PatternParser.parse("[".repeat(60) + "]".repeat(60)))
        .hasMessage("its sets nest more than 50 deep");
    assertThatThrownBy(() -> PatternParser.parse("a".repeat(70_000)))
        .hasMessage("it has 70000 characters, more than 65536");
  }

  @Test
  void theShortestMatchIsKnown() {
    assertThat(PatternParser.parse(" {2,}").least()).isEqualTo(1);
    assertThat(PatternParser.parse("a|b*").least()).isZero();
    assertThat(PatternParser.parse("(?=a)").least()).isZero();
    assertThat(PatternParser.parse("a{3}?").least()).isZero();
    assertThat(PatternParser.parse("^x?[]a]").least()).isEqualTo(1);
  }

  private static PatternCost cost(String pattern) {
    return PatternParser.parse(pattern).cost(false);
  }
}
