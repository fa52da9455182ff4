/** Tests of what is said about a comparison, against texts that were read by a person. */
@NullMarked
package org.plumbline.engine.report.text;

import org.jspecify.annotations.NullMarked;
