// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

/**
 * What a heartbeat carries.
 *
 * @param from the step that this attempt began at
 * @param step that it has come to
 * @param total steps
 */
public record Progress(long from, long step, long total) {}
