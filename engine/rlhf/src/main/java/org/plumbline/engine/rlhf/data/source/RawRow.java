// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One row of a data file as it was read.
 *
 * @param place where it begins
 * @param columns its values in the order of the file
 */
public record RawRow(RowPlace place, ObjectNode columns) {}
