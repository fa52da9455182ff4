// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The setting that tells what a policy's method does, such as the weight of a divergence: a
 * comparison says it beside the name of the recipe.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Telling {}
