/** The commands, one class each, and the arguments that they share. */
@NullMarked
package org.plumbline.workflows.cli.command;

import org.jspecify.annotations.NullMarked;
