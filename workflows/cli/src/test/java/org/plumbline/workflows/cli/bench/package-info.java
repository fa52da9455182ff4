/** Tests of the benchmark. */
@NullMarked
package org.plumbline.workflows.cli.bench;

import org.jspecify.annotations.NullMarked;
