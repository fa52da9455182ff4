// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.home;

import java.nio.file.Path;

/**
 * Where this machine keeps what it reads of stores that are elsewhere.
 *
 * @param caches the folder of all caches of the user
 * @param limit how many bytes of one store are kept
 */
public record LocalFolder(Path caches, long limit) {}
