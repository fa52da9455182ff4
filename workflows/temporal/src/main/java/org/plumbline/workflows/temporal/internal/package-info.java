/** The activities behind the workflow and the server that runs inside this process. */
@NullMarked
package org.plumbline.workflows.temporal.internal;

import org.jspecify.annotations.NullMarked;
