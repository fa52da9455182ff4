/** Reward models: how they are fitted, calibrated, combined and asked for scores. */
@NullMarked
package org.plumbline.engine.rlhf.rewards;

import org.jspecify.annotations.NullMarked;
