/** Reads the rows of data files one after the other, and says where a file is broken. */
@NullMarked
package org.plumbline.engine.rlhf.data.source;

import org.jspecify.annotations.NullMarked;
