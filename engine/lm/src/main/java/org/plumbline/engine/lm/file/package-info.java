/** A model's weights as files: safetensors, one or several with an index. */
@NullMarked
package org.plumbline.engine.lm.file;

import org.jspecify.annotations.NullMarked;
