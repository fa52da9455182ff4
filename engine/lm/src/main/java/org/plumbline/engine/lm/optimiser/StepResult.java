// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

/**
 * What an optimiser step saw.
 *
 * @param loss the loss before the update
 * @param gradientNorm the gradient's global L2 norm before clipping
 */
public record StepResult(double loss, double gradientNorm) {}
