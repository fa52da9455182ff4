// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

/**
 * What came out of a node.
 *
 * @param artifact the digest of its artifact
 * @param reused whether the artifact was there already, so that nothing was computed
 */
public record NodeResult(String artifact, boolean reused) {}
