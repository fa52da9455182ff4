/** Tests of how records are read as blocks. */
@NullMarked
package org.plumbline.dsl.model.shape;

import org.jspecify.annotations.NullMarked;
