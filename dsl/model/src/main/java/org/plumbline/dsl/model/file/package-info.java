/** What stands where a spec names a file: looked at before anything is opened. */
@NullMarked
package org.plumbline.dsl.model.file;

import org.jspecify.annotations.NullMarked;
