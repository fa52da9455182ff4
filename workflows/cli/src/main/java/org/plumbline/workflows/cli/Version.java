package org.plumbline.workflows.cli;

/** The version of this program. */
final class Version {

  private Version() {}

  /** As the build wrote it into the jar. */
  static String text() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "0 (unpacked classes)" : version;
  }
}
