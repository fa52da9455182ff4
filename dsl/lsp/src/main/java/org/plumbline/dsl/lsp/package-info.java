// SPDX-License-Identifier: Apache-2.0
/**
 * The language in editors: a server of the Language Server Protocol over the same readers, binder
 * and checks that {@code plumb check} has.
 */
@NullMarked
package org.plumbline.dsl.lsp;

import org.jspecify.annotations.NullMarked;
