package org.plumbline.engine.lm;

/** A loss or gradient was NaN or infinite. The parameters are as they were before the step. */
public final class NonFiniteException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  private NonFiniteException(String message) {
    super(message);
  }

  static NonFiniteException loss(double loss) {
    return new NonFiniteException("the loss is " + loss + "; no update was made");
  }

  static NonFiniteException gradient(double norm, double loss) {
    return new NonFiniteException(
        "the gradient's norm is " + norm + " at loss " + loss + "; no update was made");
  }

  static NonFiniteException sampling(double total) {
    return new NonFiniteException(
        "the model's next-token probabilities sum to " + total + "; its parameters are not finite");
  }
}
