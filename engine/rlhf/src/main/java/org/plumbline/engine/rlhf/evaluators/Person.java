// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * One simulated person.
 *
 * @param id the name in labels: {@code careful-3}
 * @param group the group's name
 * @param behaviour how the person chooses
 * @param stream the number of the person's own random stream
 * @param cost what one label of theirs costs
 */
public record Person(String id, String group, Behaviour behaviour, int stream, double cost) {}
