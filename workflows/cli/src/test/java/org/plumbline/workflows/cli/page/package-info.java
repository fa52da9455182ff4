// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.plumbline.workflows.cli.page;

import org.jspecify.annotations.NullMarked;
