// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.training;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;

/** Which tokens may be drawn for an answer, and which texts end it; all by default, and none. */
public record TruncationSpec(
    @Doc(value = "only so many of the most likely tokens are drawn; absent: any", unit = "tokens")
        @Range("[1, inf)")
        @Nullable Integer topK,
    @Doc(
            value =
                "only the fewest likely tokens are drawn whose probability together reaches this; absent: any",
            source = "Holtzman et al. 2020, arXiv 1904.09751")
        @Range("(0, 1]")
        @Nullable Double topP,
    @Doc(
            value =
                "tokens less likely than this share of the likeliest one are not drawn; absent: any is",
            source = "Nguyen et al. 2024, arXiv 2407.01082")
        @Range("[0, 1]")
        @Nullable Double minP,
    @Doc(
            value =
                "makes tokens that prompt and answer have already less likely, if above 1; absent: 1",
            source = "Keskar et al. 2019, arXiv 1909.05858")
        @Range("(0, inf)")
        @Nullable Double repeatPenalty,
    @Doc("texts that end an answer and are no part of it") @Nullable List<String> stopStrings) {
  /** Any token, and no text but the end of text. */
  public static final TruncationSpec NONE = new TruncationSpec(null, null, null, null, null);

  /** Copies the list. */
  public TruncationSpec {
    stopStrings = stopStrings == null ? null : List.copyOf(stopStrings);
  }
}
