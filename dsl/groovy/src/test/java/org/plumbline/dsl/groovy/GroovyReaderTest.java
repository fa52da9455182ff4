// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void aMessageQuotesTextAsItStandsInTheScript() {
    assertThat(only("experiment('a') {\n  policies { dpo('b') { beta = 'much' } }\n}\n").message())
        .isEqualTo("`beta` must be a number, but is 'much'");
  }

  @Test
  void importsAndVariablesAloneAreErrors() {
    assertThat(only("import java.net.URL\nexperiment('a') { }\n").message())
        .isEqualTo("a spec cannot import");
    assertThat(only("def x = 1\n").code().name()).isEqualTo("PLB0403");
  }
}
