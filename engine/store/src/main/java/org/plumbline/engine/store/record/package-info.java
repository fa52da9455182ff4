/**
 * What a store writes down: that a node has finished, that a run was started, and how that reads as
 * JSON.
 */
@NullMarked
package org.plumbline.engine.store.record;

import org.jspecify.annotations.NullMarked;
