// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import org.jspecify.annotations.Nullable;

/**
 * A recipe that was compared.
 *
 * @param method the operation that made the policy, such as {@code ppo}
 * @param label what it is, in one line: {@code reward model rm, KL coefficient 0.05}
 * @param variantOf the recipe that it is with settings changed; null if it is none
 */
public record ComparedRecipe(
    String name, String method, String label, @Nullable String variantOf) {}
