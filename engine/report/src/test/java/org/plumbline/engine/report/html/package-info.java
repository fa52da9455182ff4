/** Tests of the HTML report. */
@NullMarked
package org.plumbline.engine.report.html;

import org.jspecify.annotations.NullMarked;
