// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.record.Secrets;

/** Says in words what is wrong with a Temporal server, or with the way to it. */
final class ServerTroubles {

  private static final String CERTIFICATES =
      "TEMPORAL_TLS_SERVER_CA_CERT_PATH names the authority that signed the server's certificate,"
          + " TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH yours";

  private ServerTroubles() {}

  /** What a failed call means. */
  static ServerTrouble of(RuntimeException failure, String address, String namespace) {
    Status status = status(failure);
    String why = words(failure).toLowerCase(Locale.ROOT);
    String server = "the Temporal server " + address;
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          isDistrust(why)
              ? new ServerTrouble(
                  server + " and this program do not trust each other: " + words(failure),
                  CERTIFICATES,
                  failure)
              : new ServerTrouble(
                  "no Temporal server answers at " + address + ": " + words(failure),
                  "`plumb server start` starts one here; one that wants TLS is reached with"
                      + " TEMPORAL_TLS=true",
                  failure);
      case DEADLINE_EXCEEDED ->
          new ServerTrouble(
              server + " gives no answer",
              "see that it is not overloaded, and that nothing between holds connections back",
              failure);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new ServerTrouble(
              server + " refuses the request: " + words(failure),
              "see that TEMPORAL_API_KEY is right and not expired, and that it may use the"
                  + " namespace `"
                  + namespace
                  + "`",
              failure);
      case NOT_FOUND ->
          new ServerTrouble(
              server + " has no namespace `" + namespace + "`",
              "name another with TEMPORAL_NAMESPACE, or make it: `temporal operator namespace"
                  + " create "
                  + namespace
                  + "`",
              failure);
      case UNIMPLEMENTED -> stranger(address, failure);
      case INTERNAL ->
          why.contains("frame") || why.contains("http")
              ? stranger(address, failure)
              : failed(server, status, failure);
      default -> failed(server, status, failure);
    };
  }

  private static ServerTrouble stranger(String address, RuntimeException failure) {
    return new ServerTrouble(
        "what answers at " + address + " is no Temporal server that plumb can use",
        "see that the address is that of its gRPC port, 7233 as a rule",
        failure);
  }

  private static ServerTrouble failed(String server, Status status, RuntimeException failure) {
    return new ServerTrouble(
        server + " failed: " + status.getCode() + ": " + words(failure),
        "try again; its own logs may say more",
        failure);
  }

  private static boolean isDistrust(String why) {
    return why.contains("ssl") || why.contains("certif") || why.contains("handshake");
  }

  /** Whether nothing answered; a name that nobody knows is a mistake, and so is a certificate. */
  static boolean isAway(Throwable failure) {
    String why = words(failure).toLowerCase(Locale.ROOT);
    return switch (status(failure).getCode()) {
      case UNAVAILABLE -> !isDistrust(why) && !isUnknown(failure);
      case DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  private static boolean isUnknown(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the same may go well after a while by itself. */
  static boolean passes(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          CANCELLED,
          ABORTED,
          INTERNAL,
          UNKNOWN ->
          true;
      default -> false;
    };
  }

  private static Status status(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof StatusRuntimeException known) {
        return known.getStatus();
      }
    }
    return Status.UNKNOWN;
  }

  /** What it says, of all its causes the last that says something. */
  static String words(Throwable failure) {
    String words = failure.toString();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String message = message(at);
      if (message != null && !message.isEmpty()) {
        words = message;
      }
    }
    return Secrets.mask(words.lines().findFirst().orElse(words));
  }

  private static @Nullable String message(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        ? status.getStatus().getDescription()
        : failure.getMessage();
  }

  /** Whether a version such as 1.9.2 comes before another; one that is not known does not. */
  static boolean isOlder(String version, String than) {
    String[] mine = version.split("\\.", -1);
    String[] others = than.split("\\.", -1);
    for (int i = 0; i < others.length; i++) {
      String part = i < mine.length ? mine[i].replaceFirst("\\D.*", "") : "";
      if (part.isEmpty()) {
        return false;
      }
      int difference = Integer.parseInt(part) - Integer.parseInt(others[i]);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
