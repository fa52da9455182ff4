// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.nio.file.Path;

/**
 * The state of an interrupted stage.
 *
 * @param step the number of steps that were done
 * @param folder the files that the stage wrote
 */
public record Checkpoint(long step, Path folder) {}
