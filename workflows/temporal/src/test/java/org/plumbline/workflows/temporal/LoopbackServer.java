// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Temporal's in-memory server behind a port of this machine that no other can reach: what other
 * processes are tested against where there is no real server.
 */
public final class LoopbackServer implements AutoCloseable {
  private final TestServicesStarter services;
  private final Server server;

  private LoopbackServer(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /** Starts one on a free port; its clock is the real one. */
  public static LoopbackServer start() throws IOException {
    return start(0);
  }

  /** Starts one on a port that is free. */
  public static LoopbackServer start(int port) throws IOException {
    TestServicesStarter services = new TestServicesStarter(true, 0);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    return new LoopbackServer(services, builder.build().start());
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }
}
