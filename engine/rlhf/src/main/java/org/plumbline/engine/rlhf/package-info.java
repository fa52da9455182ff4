/** Reinforcement learning from human feedback: all stages that a plan can name. */
@NullMarked
package org.plumbline.engine.rlhf;

import org.jspecify.annotations.NullMarked;
