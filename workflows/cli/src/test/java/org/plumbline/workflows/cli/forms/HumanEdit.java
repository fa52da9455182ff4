// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

/**
 * A change to a spec that a person could make by mistake.
 *
 * @param kind what was done
 * @param line where, from 1 on
 * @param text the spec after it
 */
record HumanEdit(String kind, int line, String text) {}
