// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.util.function.Predicate;

/**
 * Who asks something outside.
 *
 * @param token of the holder of the node
 * @param run that is given the answers
 * @param counts whether the answers that a run was given count
 */
public record Asker(long token, String run, Predicate<String> counts) {}
