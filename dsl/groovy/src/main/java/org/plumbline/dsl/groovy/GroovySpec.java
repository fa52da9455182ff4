// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import org.plumbline.dsl.script.blocks.Declarations;
import org.plumbline.dsl.script.blocks.ExperimentBlock;

/** What every script in Groovy is: it declares one experiment. */
public abstract class GroovySpec extends Script {
  private final Declarations declarations = new Declarations();

  /** For the compiler. */
  protected GroovySpec() {}

  /** Declares the experiment. */
  public void experiment(
      String name,
      @DelegatesTo(value = ExperimentBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    declarations.add(name, body);
  }

  /** What the script has declared. */
  final Declarations declarations() {
    return declarations;
  }
}
