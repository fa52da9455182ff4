/** Tests of what a spec may say. */
@NullMarked
package org.plumbline.dsl.model.shape;

import org.jspecify.annotations.NullMarked;
