/** Tests of what scripts write in. */
@NullMarked
package org.plumbline.dsl.script.blocks;

import org.jspecify.annotations.NullMarked;
