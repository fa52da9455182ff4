/** Tests of evaluate. */
@NullMarked
package org.plumbline.engine.rlhf.evaluate;

import org.jspecify.annotations.NullMarked;
