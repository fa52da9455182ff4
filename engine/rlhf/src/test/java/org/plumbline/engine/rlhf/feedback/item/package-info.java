// SPDX-License-Identifier: Apache-2.0
/** Tests of feedback of other kinds than comparisons. */
@NullMarked
package org.plumbline.engine.rlhf.feedback.item;

import org.jspecify.annotations.NullMarked;
