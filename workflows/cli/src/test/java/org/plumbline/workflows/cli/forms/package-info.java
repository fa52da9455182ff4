/** Tests that the three forms of a spec are one language. */
@NullMarked
package org.plumbline.workflows.cli.forms;

import org.jspecify.annotations.NullMarked;
