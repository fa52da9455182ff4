// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.plumbline.dsl.lsp;

import org.jspecify.annotations.NullMarked;
