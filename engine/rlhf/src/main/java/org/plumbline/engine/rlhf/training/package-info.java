/**
 * The small pieces that all training stages share: batches of text, schedules, metrics,
 * checkpoints.
 */
@NullMarked
package org.plumbline.engine.rlhf.training;

import org.jspecify.annotations.NullMarked;
