// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.Map;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/**
 * A grid of settings: one recipe for each combination of values.
 *
 * <p>It is short for variants, and gone once a spec has been read: a recipe is named after the
 * sweep and its values, {@code NAME-VALUE-VALUE}, in which what a name cannot hold is a {@code _}.
 * Where a recipe is named, the sweep may be: all of its recipes are varied, repeated in rounds, or
 * compared.
 */
@Doc("a grid of settings: a variant `NAME-VALUE-VALUE` for each combination of values")
public record SweepSpec(
    @Doc("the recipe that is varied, or a sweep all of whose recipes are") @Refers(Section.RECIPES)
        String of,
    @Doc("paths into the spec, each with the values it takes: a list, or a range") @Named("path")
        Map<String, SweptValues> over,
    @Doc(
            "takes the first value of every path, then the second of every path, and so on, in place of all combinations")
        @Default("false")
        boolean zip) {}
