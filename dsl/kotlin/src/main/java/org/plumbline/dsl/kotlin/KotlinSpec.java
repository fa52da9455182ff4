// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.kotlin;

import org.plumbline.dsl.script.blocks.Body;
import org.plumbline.dsl.script.blocks.Declarations;
import org.plumbline.dsl.script.blocks.ExperimentBlock;

/**
 * What every script in Kotlin is: it declares one experiment. In Java, because lambdas have a
 * receiver where a parameter is an interface of Java's.
 */
public abstract class KotlinSpec {
  private final Declarations declarations = new Declarations();

  /** For the compiler. */
  protected KotlinSpec() {}

  /** Declares the experiment. */
  public void experiment(String name, Body<? super ExperimentBlock> body) {
    declarations.add(name, body);
  }

  /** What the script has declared. */
  final Declarations declarations() {
    return declarations;
  }
}
