// SPDX-License-Identifier: Apache-2.0
/** Attacks policies: looks for texts that make them do what they should not. */
@NullMarked
package org.plumbline.engine.rlhf.redteam;

import org.jspecify.annotations.NullMarked;
