/** Where words go: results to stdout, narration to stderr, in a form that the reader can take. */
@NullMarked
package org.plumbline.workflows.cli.console;

import org.jspecify.annotations.NullMarked;
