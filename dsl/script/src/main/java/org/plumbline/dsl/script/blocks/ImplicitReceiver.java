// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** In a Kotlin script, a lambda for this interface has its argument as receiver. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ImplicitReceiver {}
