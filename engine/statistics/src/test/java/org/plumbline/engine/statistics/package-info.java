/** Tests of the statistics against numbers that were computed by an independent program. */
@NullMarked
package org.plumbline.engine.statistics;

import org.jspecify.annotations.NullMarked;
