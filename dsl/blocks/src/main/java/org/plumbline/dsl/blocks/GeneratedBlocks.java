// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.blocks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The package that bears this gets one interface for each block of the language. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.PACKAGE)
public @interface GeneratedBlocks {}
