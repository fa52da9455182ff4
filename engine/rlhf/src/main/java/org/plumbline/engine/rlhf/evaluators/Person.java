// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;

/**
 * One simulated person.
 *
 * @param id the name in labels: {@code careful-3}
 * @param group the group's name
 * @param behaviour how the person chooses
 * @param stream the number of the person's own random stream
 * @param cost what one label of theirs costs
 * @param circumstance that the person is in; null for none
 */
public record Person(
    String id,
    String group,
    Behaviour behaviour,
    int stream,
    double cost,
    @Nullable String circumstance) {

  /** A person in no circumstance of note. */
  public Person(String id, String group, Behaviour behaviour, int stream, double cost) {
    this(id, group, behaviour, stream, cost, null);
  }

  /** The person as they are at a question: how far their values have drifted, and in what state. */
  public Person at(Occasion occasion) {
    Changes changes = behaviour.changes();
    if (changes.none()) {
      return this;
    }
    Behaviour then = behaviour;
    ValueDrift drift = changes.drift();
    if (drift != null) {
      then = then.wanting(drift.after(behaviour.values(), occasion.given()));
    }
    Circumstance circumstance = changes.circumstance(occasion, this);
    if (circumstance == null) {
      return new Person(id, group, then, stream, cost);
    }
    return new Person(id, group, circumstance.of(then), stream, cost, circumstance.name());
  }
}
