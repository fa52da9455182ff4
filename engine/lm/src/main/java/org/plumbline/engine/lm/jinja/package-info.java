/**
 * Renders the Jinja templates that turn a conversation into a model's prompt, as transformers does.
 *
 * <p>This is the part of Jinja 3.1 that chat templates use, with what transformers adds to it:
 * {@code trim_blocks} and {@code lstrip_blocks} are on, nothing is escaped, {@code tojson} is plain
 * JSON, there are {@code break}, {@code continue} and {@code generation}, and the functions {@code
 * raise_exception} and {@code strftime_now}. Values are Python's: texts are indexed by code points,
 * integers stay integers, and lists and dictionaries print as Python prints them.
 *
 * <p>What is not supported is an error that names it and its line. A template comes from strangers:
 * it reaches nothing but its variables, and {@link org.plumbline.engine.lm.jinja.TemplateLimits}
 * bounds what it may cost.
 */
@NullMarked
package org.plumbline.engine.lm.jinja;

import org.jspecify.annotations.NullMarked;
