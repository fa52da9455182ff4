// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;

/** How several people's labels of the same become one, and whose count. */
public record CombiningSpec(
    @Doc(
            value =
                "how several people's labels of the same become one; absent: of a pair the share of people who say so, of all else each label counts as it stands",
            source = "Dawid and Skene 1979; Chen et al. 2013")
        FeedbackSpec.@Nullable Aggregate aggregate,
    @Doc(
            value =
                "wins and losses that each answer starts with against an answer of score 0 (`crowd_bt`); absent: 0.5; 0: none, and where some answers always win nothing is estimated",
            unit = "comparisons",
            source = "Chen et al. 2013, equation 6")
        @Range("[0, 1000]")
        @Nullable Double prior,
    @Doc(
            value =
                "what each group of the evaluators counts: its share of the people for whom the labels shall speak; absent: as much as it labels",
            source = "post-stratification; Holt and Smith 1979")
        @Named("weigh")
        @Nullable Map<String, Double> weigh,
    @Doc("labels that are left out before the others become one; they are paid all the same")
        FeedbackSpec.@Nullable Filter filter) {

  /** Labels all count the same, and nothing else is said. */
  public static final CombiningSpec NONE = new CombiningSpec(null, null, null, null);

  /** Whether nothing is said of it. */
  public boolean absent() {
    return aggregate == null && prior == null && weigh == null && filter == null;
  }
}
