// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

/**
 * A policy and everything upstream of it.
 *
 * @param name the policy's or the variant's name
 * @param policy the policy that the recipe ends in
 * @param experiment the experiment that it is computed in: for a variant, with its settings changed
 * @param variantOf the recipe that this is a variant of; empty for a plain policy
 */
public record Recipe(String name, String policy, Experiment experiment, String variantOf) {}
