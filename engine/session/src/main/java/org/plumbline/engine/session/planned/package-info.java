/**
 * A spec and the plan that is made of it: the files and models that it names, what it sends
 * elsewhere, and how much memory it needs.
 */
@NullMarked
package org.plumbline.engine.session.planned;

import org.jspecify.annotations.NullMarked;
