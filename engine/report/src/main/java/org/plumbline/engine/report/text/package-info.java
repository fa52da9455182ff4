/**
 * Says in words, in a table for a terminal and as a document for other programs what a comparison
 * found.
 */
@NullMarked
package org.plumbline.engine.report.text;

import org.jspecify.annotations.NullMarked;
