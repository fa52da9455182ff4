// SPDX-License-Identifier: Apache-2.0
/** How likely feedback of each kind is, given scores of the answers that it is about. */
@org.jspecify.annotations.NullMarked
package org.plumbline.engine.rlhf.likelihood;
