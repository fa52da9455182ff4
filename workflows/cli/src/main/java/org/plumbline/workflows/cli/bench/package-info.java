/** The benchmark of the language-model engine: what is measured, on our side and on others'. */
@NullMarked
package org.plumbline.workflows.cli.bench;

import org.jspecify.annotations.NullMarked;
