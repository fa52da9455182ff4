/**
 * Random numbers as a function of seed, purpose, step and index: nothing is consumed, so that what
 * is resumed draws what it would have drawn.
 */
@NullMarked
package org.plumbline.engine.lm.random;

import org.jspecify.annotations.NullMarked;
