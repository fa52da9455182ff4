// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

/** Stands for {@code null} where a spec leaves out a setting that another recipe gives. */
public enum Unset {
  UNSET
}
