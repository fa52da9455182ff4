/** Shows how a run goes on: as a picture redrawn in place, as lines, or as JSON. */
@NullMarked
package org.plumbline.workflows.cli.progress;

import org.jspecify.annotations.NullMarked;
