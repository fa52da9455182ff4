/** Tests of how a comparison is computed, and the invented answers that other tests use. */
@NullMarked
package org.plumbline.engine.report.compare;

import org.jspecify.annotations.NullMarked;
