/** Tests of what stands where a spec names a file. */
@NullMarked
package org.plumbline.dsl.model.file;

import org.jspecify.annotations.NullMarked;
