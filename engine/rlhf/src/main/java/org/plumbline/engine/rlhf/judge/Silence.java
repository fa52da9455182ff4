// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

/**
 * Why a judge has not answered questions.
 *
 * @param code of the diagnostic where it answers none
 * @param because what is the matter; lower case, no full stop
 * @param help what to do
 */
public record Silence(String code, String because, String help) {}
