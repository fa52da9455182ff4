/**
 * Files and folders of a store: every change to them, locks between processes, and the one place
 * that deletes.
 */
@NullMarked
package org.plumbline.engine.store.disk;

import org.jspecify.annotations.NullMarked;
