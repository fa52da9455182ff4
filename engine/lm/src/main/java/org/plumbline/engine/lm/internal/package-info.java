/**
 * The one place that touches DJL: tensors, scopes, TorchScript methods, the native tokenizer and
 * process settings.
 *
 * <p>Nothing here knows about language models. Every {@code ai.djl} class stays behind this
 * package, so that another libtorch binding can take its place. Calls that corrupt gradients
 * silently (the {@code Number} overloads, {@code toType} and {@code duplicate} inside a graph) are
 * not used.
 */
@NullMarked
package org.plumbline.engine.lm.internal;

import org.jspecify.annotations.NullMarked;
