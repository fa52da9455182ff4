/** Tests of how files are read. */
@NullMarked
package org.plumbline.engine.rlhf.data.source;

import org.jspecify.annotations.NullMarked;
