/** Reads data sets strictly, splits them, and gives their rows to other stages. */
@NullMarked
package org.plumbline.engine.rlhf.data;

import org.jspecify.annotations.NullMarked;
