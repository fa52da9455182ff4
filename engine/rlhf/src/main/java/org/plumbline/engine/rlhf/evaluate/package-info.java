/** Answers every prompt with a policy and measures the answers. */
@NullMarked
package org.plumbline.engine.rlhf.evaluate;

import org.jspecify.annotations.NullMarked;
