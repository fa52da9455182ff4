/** Tests of the blocks that are generated. */
@NullMarked
package org.plumbline.dsl.blocks;

import org.jspecify.annotations.NullMarked;
