/**
 * What lasts: content-addressed artifacts, checkpoints and run records, and the contract of a stage
 * that turns artifacts into artifacts.
 */
@NullMarked
package org.plumbline.engine.store;

import org.jspecify.annotations.NullMarked;
