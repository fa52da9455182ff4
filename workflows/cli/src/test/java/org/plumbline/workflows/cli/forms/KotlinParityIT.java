// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

/** Kotlin says what YAML says. */
class KotlinParityIT extends ScriptParity {

  KotlinParityIT() {
    super(".plumb.kts");
  }
}
