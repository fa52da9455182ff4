/** The report in a real browser. */
@NullMarked
package org.plumbline.engine.report.browser;

import org.jspecify.annotations.NullMarked;
