// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import org.plumbline.dsl.model.values.FeatureSpec.LengthUnit;

/** The length of the answer, in words or in characters (Unicode code points). */
record Length(LengthUnit unit) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    return switch (unit) {
      case WORDS -> WhiteSpaceWords.count(answer);
      case CHARACTERS -> answer.codePointCount(0, answer.length());
    };
  }
}
