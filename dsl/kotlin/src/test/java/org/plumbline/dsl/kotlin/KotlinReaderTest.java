// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plumbline.dsl.script.ScriptCache;
import org.plumbline.dsl.script.ScriptReaderSuite;
import org.plumbline.dsl.spec.tree.SpecReader;

class KotlinReaderTest extends ScriptReaderSuite {

  KotlinReaderTest() {
    super(".plumb.kts");
  }

  @Override
  protected SpecReader reader(ScriptCache cache) {
    return new KotlinReader(cache);
  }

  @Override
  protected String throwing(String type, String message) {
    return "throw " + type + "(\"" + message + "\")";
  }

  @Override
  protected String variable(String name, String value) {
    return "var " + name + " = " + value;
  }

  @Override
  protected String inOwnWords(String statement) {
    return statement.replace("toInteger", "toInt");
  }

  @Test
  void aVariableAloneIsAnError() {
    assertThat(only("val x = 1\n").message()).isEqualTo("nothing uses the variable `x`");
  }
}
