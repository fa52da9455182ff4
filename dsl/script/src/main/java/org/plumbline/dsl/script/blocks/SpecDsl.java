// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kotlin.DslMarker;

/** In a Kotlin script, the keys of an outer block cannot be set in an inner one. */
@DslMarker
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SpecDsl {}
