/**
 * Pure functions of reinforcement learning from human feedback: advantages, divergences, schedules.
 */
@NullMarked
package org.plumbline.engine.rlhf.numerics;

import org.jspecify.annotations.NullMarked;
