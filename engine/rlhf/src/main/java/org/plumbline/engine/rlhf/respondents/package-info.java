/** People who are asked about answers, one after the other, and what a form asks of them. */
@org.jspecify.annotations.NullMarked
package org.plumbline.engine.rlhf.respondents;
