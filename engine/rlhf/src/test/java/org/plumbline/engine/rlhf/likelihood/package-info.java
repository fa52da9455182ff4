// SPDX-License-Identifier: Apache-2.0
/** Tests of the likelihoods. */
@NullMarked
package org.plumbline.engine.rlhf.likelihood;

import org.jspecify.annotations.NullMarked;
