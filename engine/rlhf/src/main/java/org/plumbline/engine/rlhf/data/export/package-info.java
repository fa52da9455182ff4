/** Writes data sets and feedback as files that other programs read. */
@NullMarked
package org.plumbline.engine.rlhf.data.export;

import org.jspecify.annotations.NullMarked;
