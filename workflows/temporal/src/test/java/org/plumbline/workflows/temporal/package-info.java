/** Tests of the workflow with work that only counts. */
@NullMarked
package org.plumbline.workflows.temporal;

import org.jspecify.annotations.NullMarked;
