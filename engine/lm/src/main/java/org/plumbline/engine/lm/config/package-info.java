/** The shape of a model, as its {@code config.json} says it. */
@NullMarked
package org.plumbline.engine.lm.config;

import org.jspecify.annotations.NullMarked;
