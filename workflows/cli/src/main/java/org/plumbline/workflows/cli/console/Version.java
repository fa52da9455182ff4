// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

/** The version of this program. */
public final class Version {

  private Version() {}

  /** As the build wrote it into the jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "0 (unpacked classes)" : version;
  }
}
