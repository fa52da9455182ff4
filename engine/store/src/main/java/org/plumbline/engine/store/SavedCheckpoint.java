package org.plumbline.engine.store;

/**
 * A checkpoint and what was written down with it.
 *
 * @param seconds of computing up to it, all attempts together
 * @param run that made it
 */
public record SavedCheckpoint(Checkpoint checkpoint, double seconds, String run) {}
