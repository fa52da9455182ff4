// SPDX-License-Identifier: Apache-2.0
/** Feedback of other kinds than comparisons: what is asked, what is said, and how it is kept. */
@NullMarked
package org.plumbline.engine.rlhf.feedback.item;

import org.jspecify.annotations.NullMarked;
