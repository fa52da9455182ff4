/** Tests of what lies beneath the language models. */
@NullMarked
package org.plumbline.engine.lm.internal;

import org.jspecify.annotations.NullMarked;
