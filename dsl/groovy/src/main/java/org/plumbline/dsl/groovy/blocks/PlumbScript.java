package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.List;

/** What every script is: it declares one experiment. */
public abstract class PlumbScript extends Script {
  private final List<Declared> declared = new ArrayList<>();

  /** For the compilers. */
  protected PlumbScript() {}

  /**
   * An experiment that a script has declared.
   *
   * @param name its name
   * @param keys what stands in its block
   */
  public record Declared(String name, Written.Keys keys) {}

  /** Declares the experiment. */
  public void experiment(String name, Body<? super ExperimentBlock> body) {
    ExperimentBlock block = new ExperimentBlock();
    body.fill(block);
    declared.add(new Declared(name, block.written()));
  }

  /** Declares the experiment. */
  public void experiment(
      String name,
      @DelegatesTo(value = ExperimentBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    experiment(name, ScriptBlock.<ExperimentBlock>body(body));
  }

  /** The experiments that the script has declared so far: one, if all is well. */
  public List<Declared> declared() {
    return List.copyOf(declared);
  }

  /** The body of a Kotlin script is its constructor; that of a Groovy script overrides this. */
  @Override
  public Object run() {
    return declared;
  }
}
