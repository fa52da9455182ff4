// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

/** Groovy says what YAML says. */
class GroovyParityIT extends ScriptParity {

  GroovyParityIT() {
    super(".plumb.groovy");
  }
}
