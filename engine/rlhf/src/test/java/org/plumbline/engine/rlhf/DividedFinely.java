// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.plumbline.engine.lm.batch.Division;

/** Has work as small as that of tests divided into parts, as larger work is. */
public final class DividedFinely implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(Division.FINELY, "24");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(Division.FINELY);
  }
}
