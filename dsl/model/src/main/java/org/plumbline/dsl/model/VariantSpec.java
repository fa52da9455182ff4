// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.Map;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Unset;

/**
 * A recipe that is another one with settings changed anywhere upstream.
 *
 * <p>Where a setting is left out, {@code with} has {@link Unset#UNSET}.
 */
@Doc("a recipe that is another one with settings changed anywhere upstream")
public record VariantSpec(
    @Doc("the recipe that is varied, or a sweep all of whose recipes are") @Refers(Section.RECIPES)
        String of,
    @Doc("paths into the spec, each with its new value; `null` leaves the setting out")
        @Named("path")
        Map<String, Object> with) {}
