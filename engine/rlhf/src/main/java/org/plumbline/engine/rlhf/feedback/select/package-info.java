// SPDX-License-Identifier: Apache-2.0
/** Which questions are worth asking. */
@NullMarked
package org.plumbline.engine.rlhf.feedback.select;

import org.jspecify.annotations.NullMarked;
