// SPDX-License-Identifier: Apache-2.0
/** Tests of what is measured of a worker. */
@NullMarked
package org.plumbline.workflows.temporal.metrics;

import org.jspecify.annotations.NullMarked;
