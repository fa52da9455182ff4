// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a key, a kind or a section means, in one sentence without a full stop. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Doc {
  String value();

  /** The unit of a number: tokens, nats, people… */
  String unit() default "";

  /** The paper or implementation that the meaning or the default comes from. */
  String source() default "";
}
