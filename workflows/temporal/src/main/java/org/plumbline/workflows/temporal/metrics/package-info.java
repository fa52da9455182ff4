// SPDX-License-Identifier: Apache-2.0
/** What is measured of a worker, and the port at which that and its health can be asked for. */
@NullMarked
package org.plumbline.workflows.temporal.metrics;

import org.jspecify.annotations.NullMarked;
