// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Shorthand;

/** The values that a path takes in a sweep: a list of them, or numbers from one to another. */
@Doc("the values that a path takes: a list, or a range")
@ExactlyOne({"values", "min"})
public record SweptValues(
    @Doc("the values; `null` leaves the setting out") @Shorthand @Nullable List<Object> values,
    @Doc("the first number of a range") @Nullable Double min,
    @Doc("the last number of a range") @Nullable Double max,
    @Doc(value = "how many numbers the range has, both ends counted", unit = "numbers")
        @Range("[2, 4096]")
        @Nullable Integer points,
    @Doc("how far the numbers of the range lie apart, in place of `points`") @Range("(0, inf)")
        @Nullable Double step,
    @Doc(
            "whether neighbours have the same distance or the same ratio; numbers between the ends of a `log` range have four digits")
        @Default("linear")
        Spacing spacing) {

  /** How the numbers of a range lie. */
  public enum Spacing {
    @Doc("at equal distances")
    LINEAR,
    @Doc("in equal ratios")
    LOG
  }
}
