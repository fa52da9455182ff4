// SPDX-License-Identifier: Apache-2.0
/** What was said of answers, in other kinds of feedback than comparisons: the rows of its files. */
@NullMarked
package org.plumbline.engine.rlhf.responses;

import org.jspecify.annotations.NullMarked;
