// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What else is asked of a row than whether recipes differ.
 *
 * @param margin values no further from the reference's count as equal; null if that is not asked
 * @param withheld recipes of which nothing may be said, with the reason
 */
record Judging(@Nullable Double margin, Map<String, String> withheld) {

  static final Judging PLAIN = new Judging(null, Map.of());
}
