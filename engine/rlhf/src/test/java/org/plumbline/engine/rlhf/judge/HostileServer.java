// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback interface that answers every request in one bad way. */
final class HostileServer implements AutoCloseable {
  private final ServerSocket server;
  private final HostileMode mode;
  private final String key;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch leftAlone = new CountDownLatch(1);

  private HostileServer(ServerSocket server, HostileMode mode, String key) {
    this.server = server;
    this.mode = mode;
    this.key = key;
  }

  static HostileServer start(HostileMode mode, String key) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    HostileServer server = new HostileServer(socket, mode, key);
    server.threads.execute(server::accept);
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  int requests() {
    return requests.get();
  }

  /** Counted down when a client has broken a connection off in the middle of an answer. */
  CountDownLatch leftAlone() {
    return leftAlone;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(new DataInputStream(socket.getInputStream()));
      requests.incrementAndGet();
      mode.answer(socket, key);
    } catch (IOException e) {
      leftAlone.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readRequest(DataInputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.readNBytes(length);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
