/** The kinds of feedback, and who gives it. */
@NullMarked
package org.plumbline.dsl.model.feedback;

import org.jspecify.annotations.NullMarked;
