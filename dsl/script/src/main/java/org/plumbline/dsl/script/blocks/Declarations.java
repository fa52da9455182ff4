// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.words.Vocabulary;

/** The experiments that a script has declared so far: one, if all is well. */
public final class Declarations {
  private final List<Declared> declared = new ArrayList<>();

  /** None yet. */
  public Declarations() {}

  /**
   * An experiment that a script has declared.
   *
   * @param name its name
   * @param keys what stands in its block
   */
  public record Declared(String name, Written.Keys keys) {}

  /** Adds what a script in Kotlin declares. */
  public void add(String name, Body<? super ExperimentBlock> body) {
    declare(name, body);
  }

  /** Adds what a script in Groovy declares. */
  public void add(String name, Closure<?> body) {
    declare(name, body);
  }

  private void declare(String name, Object body) {
    declared.add(new Declared(name, WrittenBlock.of(Vocabulary.ofExperiment(), body)));
  }

  /** All of them, in the order of the script. */
  public List<Declared> all() {
    return List.copyOf(declared);
  }
}
