// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.plumbline.engine.rlhf.redteam;

import org.jspecify.annotations.NullMarked;
