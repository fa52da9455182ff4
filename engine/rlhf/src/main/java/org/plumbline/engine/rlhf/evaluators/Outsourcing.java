// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * Labels that a person has a judge make (Veselovsky, Horta Ribeiro and West 2023, who find that a
 * third or more of crowd workers do).
 *
 * <p>A judge is asked once of a pair, in one random order, and everybody who asks it of that pair
 * copies its verdict, so these labels are as much alike as can be. The person is paid as for a
 * label of their own. Who does harm on purpose does it in person; and where a judge gives no
 * verdict, people look for themselves.
 *
 * @param share of the labels, of those that the person does not leave out
 * @param judge its name in the spec
 */
public record Outsourcing(double share, String judge) {
  static final Outsourcing NONE = new Outsourcing(0, "");

  /** Whether a person has the label of a pair made. */
  public boolean drawn(long seed, long pair, Person person) {
    return share > 0
        && RandomStream.of(seed, RandomPurpose.OUTSOURCING, person.stream()).uniform(pair) < share;
  }
}
