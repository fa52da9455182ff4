// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

/** A loss or gradient was NaN or infinite. The parameters are as they were before the step. */
public final class NonFiniteException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  private NonFiniteException(String message) {
    super(message);
  }

  public static NonFiniteException loss(double loss) {
    return new NonFiniteException("the loss is " + loss + "; no update was made");
  }

  public static NonFiniteException gradient(double norm, double loss) {
    return new NonFiniteException(
        "the gradient's norm is " + norm + " at loss " + loss + "; no update was made");
  }

  public static NonFiniteException sampling(double logProb) {
    return new NonFiniteException(
        "a sampled token has log-probability "
            + logProb
            + "; the model's parameters are not finite or far too large");
  }
}
