// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

/**
 * A policy and everything upstream of it.
 *
 * @param name the policy's, the variant's or the round's name
 * @param policy the policy that the recipe ends in
 * @param experiment the experiment that it is computed in: for a variant, with its settings
 *     changed; for a round, with the entries of all rounds
 * @param variantOf the recipe that this is a variant of, or the round after; empty for a plain
 *     policy
 * @param round which of rounds it is, from 1 on; 0 if it is none, or a variant of one
 */
public record Recipe(
    String name, String policy, Experiment experiment, String variantOf, int round) {

  /** A policy, or a variant. */
  public Recipe(String name, String policy, Experiment experiment, String variantOf) {
    this(name, policy, experiment, variantOf, 0);
  }
}
