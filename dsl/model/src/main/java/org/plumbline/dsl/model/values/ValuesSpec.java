// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.values;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Declared;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Values as ground truth: the utility of an answer is the weighted sum of its features. */
@Declared
@Doc("what people want: weighted features of an answer")
public record ValuesSpec(
    @Doc("other values whose features and weights these start from") @Refers(Section.VALUES)
        @Nullable String of,
    @Doc("features of an answer, by name") @Named("feature") @Default("{}")
        Map<String, FeatureSpec> features,
    @Doc("the weight of each feature in the utility")
        @Named("weight")
        @Default("{}")
        @Range("[-1e6, 1e6]")
        Map<String, Double> weights) {}
