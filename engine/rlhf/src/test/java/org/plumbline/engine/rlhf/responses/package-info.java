// SPDX-License-Identifier: Apache-2.0
/** Tests of what is said of answers. */
@NullMarked
package org.plumbline.engine.rlhf.responses;

import org.jspecify.annotations.NullMarked;
