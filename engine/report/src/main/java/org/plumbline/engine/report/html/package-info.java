/**
 * The comparison report as one self-contained HTML file.
 *
 * <p>Everything that the report says is in the HTML itself, as text, tables and SVG; the script
 * only adds sorting, cross-hairs, filters and blind voting. Each section is a class that returns
 * nothing if the comparison has no data for it.
 */
@NullMarked
package org.plumbline.engine.report.html;

import org.jspecify.annotations.NullMarked;
