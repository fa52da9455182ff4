/**
 * What a script writes in: one interface per block of the language, the same for Groovy and for
 * Kotlin. They are generated from the shapes of the model while this module is compiled; one class
 * stands behind all of them.
 */
@NullMarked
@GeneratedBlocks
package org.plumbline.dsl.script.blocks;

import org.jspecify.annotations.NullMarked;
import org.plumbline.dsl.blocks.GeneratedBlocks;
