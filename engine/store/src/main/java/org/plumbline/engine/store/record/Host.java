// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine. */
public final class Host {
  private static final String NAME = find();

  private Host() {}

  public static String name() {
    return NAME;
  }

  private static String find() {
    String variable = System.getenv("HOSTNAME");
    if (variable != null && !variable.isBlank()) {
      return variable;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine"; // a machine without a name is still a machine
    }
  }
}
