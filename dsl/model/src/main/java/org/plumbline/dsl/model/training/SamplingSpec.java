// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.training;

import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Range;

/** How answers are drawn from a policy. */
public record SamplingSpec(
    @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature,
    @Doc(value = "longest answer", unit = "tokens") @Default("24") @Range("[1, 4096]")
        int maxNewTokens,
    @Inline TruncationSpec truncation) {

  /** Draws any token. */
  public SamplingSpec(double temperature, int maxNewTokens) {
    this(temperature, maxNewTokens, TruncationSpec.NONE);
  }
}
