// SPDX-License-Identifier: Apache-2.0
/** Watches policies while they are trained: thresholds that note, warn, pause or stop. */
@NullMarked
package org.plumbline.engine.rlhf.monitors;

import org.jspecify.annotations.NullMarked;
