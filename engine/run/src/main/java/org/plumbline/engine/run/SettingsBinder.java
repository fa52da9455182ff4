// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.util.Map;

/** Makes records of plain data. A runner does not see the binder; who makes one passes it in. */
@FunctionalInterface
public interface SettingsBinder {

  /**
   * The record of this type.
   *
   * @param plain its keys; for one of several kinds {@code {kind: {…}}} if {@code type} is their
   *     common interface
   */
  <T> T bind(Map<String, Object> plain, Class<T> type);
}
