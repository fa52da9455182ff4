// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.spec.Scripts;
import org.plumbline.workflows.cli.console.Console;

/**
 * Says what reading a script does before it is done: it runs code, and the first time it takes
 * seconds.
 */
record ScriptNotes(Console console, boolean allowed, boolean twice) implements Scripts {

  @Override
  public void evaluating(SourceFile script, boolean compiled) {
    console.say("note: evaluating " + script.name() + " runs its code");
    if (!compiled) {
      console.say("compiling " + script.name() + " (first use, a few seconds) …");
    }
  }
}
