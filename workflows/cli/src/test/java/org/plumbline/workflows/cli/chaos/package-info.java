/** Runs that are disturbed at moments that a seed draws, and give the bytes of undisturbed ones. */
@NullMarked
package org.plumbline.workflows.cli.chaos;

import org.jspecify.annotations.NullMarked;
