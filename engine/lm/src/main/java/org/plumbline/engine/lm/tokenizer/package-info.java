/** Text to token ids and back, and byte-pair vocabularies that are learned here. */
@NullMarked
package org.plumbline.engine.lm.tokenizer;

import org.jspecify.annotations.NullMarked;
