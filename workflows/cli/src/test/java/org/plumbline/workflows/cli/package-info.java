/** Tests of the command as its users see it, and of the rules that hold for all modules. */
@NullMarked
package org.plumbline.workflows.cli;

import org.jspecify.annotations.NullMarked;
