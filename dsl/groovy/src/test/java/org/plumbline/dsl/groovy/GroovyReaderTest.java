// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.script.ScriptCache;
import org.plumbline.dsl.script.ScriptReaderSuite;
import org.plumbline.dsl.spec.tree.SpecReader;

class GroovyReaderTest extends ScriptReaderSuite {

  GroovyReaderTest() {
    super(".plumb.groovy");
  }

  @Override
  protected SpecReader reader(ScriptCache cache) {
    return new GroovyReader(cache);
  }

  @Override
  protected String throwing(String type, String message) {
    return "throw new " + type + "(\"" + message + "\")";
  }

  @Override
  protected String variable(String name, String value) {
    return "def " + name + " = " + value;
  }

  @Override
  protected String inOwnWords(String statement) {
    return statement.replaceFirst("(Thread|java[.]util[.]\\w+|java.net.URI)\\(", "new $1(");
  }

  @Test
  void aColonInPlaceOfAnEqualsSignIsAnError() {
    Diagnostic found =
        only("experiment('a') {\n  policies { dpo('b') {\n    beta: 0.5\n  } }\n}\n");

    assertThat(found.message())
        .isEqualTo("`beta:` sets nothing: in a script, keys are set with `=`");
    assertThat(found.primary().toString()).isEqualTo("a.plumb.groovy:3:5");
    assertThat(found.fixes().get(0).replacement()).isEqualTo("beta =");
  }

  @Test
  void aKeyTakesNoOtherLineForItsValue() {
    Diagnostic found =
        only("experiment('a') {\n  policies { dpo('b') {\n    beta =\n    steps = 60\n  } }\n}\n");

    assertThat(found.message()).isEqualTo("`beta` has no value");
    assertThat(found.primary().toString()).isEqualTo("a.plumb.groovy:3:5");
  }

  @Test
  void anOctalNumberIsAnError() {
    assertThat(only("experiment('a') { seeds = listOf(010, 2) }\n").message())
        .isEqualTo("`010` starts with a zero, as octal numbers do");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models { } | there is nothing in these braces, so this does nothing",
        "assert true | this condition always holds",
        "0.times { seeds = [1] } | what is in these braces never happens",
        "[].each { seeds = [1] } | what is in these braces never happens",
        "return | a block has nothing to return, and what is behind this never happens",
        "seeds ?= [1] | a key is set once, with `=`, and not with `?=`",
      })
  void whatChangesNothingIsAnError(String statement, String message) {
    Diagnostic found = only("experiment('a') {\n  " + statement + "\n}\n");

    assertThat(found.code().name()).isEqualTo("PLB0365");
    assertThat(found.message()).isEqualTo(message);
    assertThat(found.primary().start().line()).isEqualTo(2);
  }

  @Test
  void aKeyWithACapitalLetterIsNoKey() {
    assertThat(only("experiment('a') { policies { dpo('b') { Beta = 0.5 } } }\n").message())
        .isEqualTo("unknown key `Beta`");
  }

  @Test
  void aMessageQuotesTextAsItStandsInTheScript() {
    assertThat(only("experiment('a') {\n  policies { dpo('b') { beta = 'much' } }\n}\n").message())
        .isEqualTo("`beta` must be a number, but is 'much'");
  }

  @Test
  void importsAndVariablesAloneAreErrors() {
    assertThat(only("import java.net.URL\nexperiment('a') { }\n").message())
        .isEqualTo("a spec cannot import");
    assertThat(only("def x = 1\n").message()).isEqualTo("nothing uses the variable `x`");
  }
}
