// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.List;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Section;

/**
 * A name in a spec that stands for something declared elsewhere.
 *
 * @param section what it must be the name of
 * @param name the name as it is written
 * @param span where
 * @param path the keys that lead to it: {@code policies, ppo, ppo, reward}
 * @param kinds the kinds that it may be of; empty: any
 */
public record Reference(
    Section section, String name, Span span, List<String> path, List<String> kinds) {

  /** The same, where nothing is known of the kinds that it may be of. */
  Reference toAnyKind() {
    return new Reference(section, name, span, path, List.of());
  }
}
