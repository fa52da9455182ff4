/** Stages that collect feedback: sampled pairs compared by people or judges, and recorded pairs. */
@NullMarked
package org.plumbline.engine.rlhf.feedback;

import org.jspecify.annotations.NullMarked;
