/** The {@code plumb} command: reads a command line, does it, and says what came of it. */
@NullMarked
package org.plumbline.workflows.cli;

import org.jspecify.annotations.NullMarked;
