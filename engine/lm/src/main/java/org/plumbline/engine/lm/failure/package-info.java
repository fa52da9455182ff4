/**
 * What goes wrong with models that is no bug: files that are not what they claim to be, numbers
 * that are no longer finite, libraries that do not load.
 */
@NullMarked
package org.plumbline.engine.lm.failure;

import org.jspecify.annotations.NullMarked;
