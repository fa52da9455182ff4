// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/**
 * A grid of settings: one recipe for each combination of values.
 *
 * <p>It is short for variants, and gone once a spec has been read: a recipe is named after the
 * sweep and its values, {@code NAME-VALUE-VALUE}, in which what a name cannot hold is a {@code _}.
 * Where a list of recipes names the sweep, all of them are meant.
 */
@Doc("a grid of settings: a variant `NAME-VALUE-VALUE` for each combination of values")
public record SweepSpec(
    @Doc("the recipe that is varied") @Refers(Section.RECIPES) String of,
    @Doc("paths into the spec, each with the values it takes") @Named("path")
        Map<String, List<Object>> over) {}
