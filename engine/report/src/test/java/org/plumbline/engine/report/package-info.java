/** Tests of the comparison's data, and an invented comparison that other tests use. */
@NullMarked
package org.plumbline.engine.report;

import org.jspecify.annotations.NullMarked;
