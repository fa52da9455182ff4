// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;

/**
 * Temporal's in-memory server inside this process; it listens on no port and lasts as long as the
 * process. The only class that knows which server that is.
 */
public final class EmbeddedServer implements AutoCloseable {

  private final TestServer.InProcessTestServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private EmbeddedServer(TestServer.InProcessTestServer server) {
    this.server = server;
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder()
            .setChannel(server.getChannel())
            .validateAndBuildWithDefaults();
    this.stubs = WorkflowServiceStubs.newServiceStubs(options);
    // Histories are kept as test data: they should not name the machine, as they do by default.
    this.client =
        WorkflowClient.newInstance(
            stubs, WorkflowClientOptions.newBuilder().setIdentity("plumb").build());
  }

  /** Starts a server whose clock is the real one. */
  public static EmbeddedServer start() {
    // The argument locks the skipping of time, which is on otherwise.
    return new EmbeddedServer(TestServer.createServer(true));
  }

  /** A client of this server. */
  public WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.close();
  }
}
