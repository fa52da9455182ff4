// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operation that computes entries of this type, where it is not the one that {@link Kind} names
 * and that runs once per seed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Operation {
  /** The name of the operation. */
  String value();

  /** Whether there is one result per seed. */
  boolean perSeed() default true;
}
