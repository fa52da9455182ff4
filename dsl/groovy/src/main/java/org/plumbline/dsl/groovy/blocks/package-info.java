/**
 * What a script writes in: one class per block of the language, the same for Groovy and for Kotlin.
 *
 * <p>All but a few are generated from the shapes of the model; a test says when they are stale and
 * writes them anew.
 */
@NullMarked
package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.NullMarked;
