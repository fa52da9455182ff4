// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.workflows.temporal.metrics.WorkerMetrics;
import org.plumbline.workflows.temporal.workflow.Queues;
import org.plumbline.workflows.temporal.workflow.RunWorkflow;

/** A connection to a Temporal server that runs somewhere else. Thread-safe. */
public final class TemporalServer implements AutoCloseable {

  /** The oldest version whose servers know all that a run asks of them. */
  static final String OLDEST = "1.24";

  private static final long ANSWER_SECONDS = 10;
  private static final long SOON_SECONDS = 3;

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;

  private TemporalServer(WorkflowServiceStubs stubs, WorkflowClient client, String address) {
    this.stubs = stubs;
    this.client = client;
    this.address = address;
  }

  /**
   * Connects as Temporal's own tools do: by the variables {@code TEMPORAL_ADDRESS}, {@code
   * TEMPORAL_NAMESPACE}, {@code TEMPORAL_API_KEY}, {@code TEMPORAL_TLS…} and a profile of {@code
   * temporal.toml}.
   *
   * @param address host and port, which count more than those; empty for none
   * @param identity of this process, in histories
   * @throws ServerTrouble if there is no server, or none that can be used
   */
  public static TemporalServer connect(
      String address, Map<String, String> environment, String identity) {
    return connect(profile(address, environment), identity, null);
  }

  /** Likewise, and measures what passes between this process and the server. */
  public static TemporalServer connect(
      String address, Map<String, String> environment, String identity, WorkerMetrics metrics) {
    return connect(profile(address, environment), identity, metrics);
  }

  private static TemporalServer connect(
      ClientConfigProfile profile, String identity, @Nullable WorkerMetrics metrics) {
    WorkflowServiceStubs stubs;
    try {
      WorkflowServiceStubsOptions.Builder connection =
          WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions());
      if (metrics != null) {
        connection.setMetricsScope(metrics.temporal());
      }
      stubs = WorkflowServiceStubs.newServiceStubs(connection.build());
    } catch (RuntimeException e) {
      throw new ServerTrouble(
          "the settings of the Temporal server cannot be used: " + ServerTroubles.words(e),
          "see the variables TEMPORAL_… and the file temporal.toml",
          e);
    }
    WorkflowClientOptions options =
        WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
            .setIdentity(identity)
            .build();
    WorkflowClient client = WorkflowClient.newInstance(stubs, options);
    String target = stubs.getOptions().getTarget();
    TemporalServer server = new TemporalServer(stubs, client, target);
    boolean usable = false;
    try {
      server.mustBeUsable();
      usable = true;
      return server;
    } finally {
      if (!usable) {
        server.close();
      }
    }
  }

  private static ClientConfigProfile profile(String address, Map<String, String> environment) {
    try {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
      return address.isEmpty() ? profile : profile.toBuilder().setAddress(address).build();
    } catch (IOException | RuntimeException e) {
      throw new ServerTrouble(
          "the settings of the Temporal server cannot be read: " + ServerTroubles.words(e),
          "see the variables TEMPORAL_… and the file temporal.toml",
          e);
    }
  }

  private void mustBeUsable() {
    try {
      String version =
          stubs
              .blockingStub()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
              .getServerVersion();
      if (ServerTroubles.isOlder(version, OLDEST)) {
        throw new ServerTrouble(
            "the Temporal server %s is of version %s, which is too old".formatted(address, version),
            "plumb needs " + OLDEST + " or newer; `plumb server start` starts one here",
            null);
      }
    } catch (StatusRuntimeException e) {
      throw ServerTroubles.of(e, address, namespace());
    }
    try {
      DescribeNamespaceRequest request =
          DescribeNamespaceRequest.newBuilder().setNamespace(namespace()).build();
      stubs
          .blockingStub()
          .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
          .describeNamespace(request);
    } catch (StatusRuntimeException e) {
      // An API key may be good for runs and not for this question.
      if (e.getStatus().getCode() != Status.Code.PERMISSION_DENIED
          && e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw ServerTroubles.of(e, address, namespace());
      }
    }
  }

  /** Whether it answers now, within a few seconds. */
  public boolean answers() {
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(SOON_SECONDS, TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** Host and port. */
  public String address() {
    return address;
  }

  /** The namespace that everything is in. */
  public String namespace() {
    return client.getOptions().getNamespace();
  }

  WorkflowClient client() {
    return client;
  }

  WorkflowServiceStubs stubs() {
    return stubs;
  }

  /**
   * Hands a run to the server. One that it conducts already is left as it is.
   *
   * @param store the identity of the run's store
   */
  public void submit(String store, RunOrder order) {
    int priority = Objects.requireNonNull(order.served()).priority();
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setPriority(Priority.newBuilder().setPriorityKey(priority).build())
            .setTaskQueue(Queues.of(order).runs())
            .setWorkflowId(Place.workflow(store, order.run()))
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .build();
    try {
      client.newUntypedWorkflowStub(RunWorkflow.TYPE, options).start(order);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw ServerTroubles.of(e, address, namespace());
    }
  }

  /**
   * Tells a run to stop at the next checkpoints.
   *
   * @return whether the server conducts it
   */
  public boolean stop(String store, String run) {
    return tell(store, run, workflow -> workflow.signal(RunWorkflow.STOP));
  }

  /**
   * Ends a run on the server at once, whoever computes what.
   *
   * @return whether the server conducted it
   */
  public boolean giveUp(String store, String run) {
    return tell(store, run, workflow -> workflow.terminate("taken back by its user"));
  }

  private interface Message {
    void to(WorkflowStub workflow);
  }

  private boolean tell(String store, String run, Message message) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(Place.workflow(store, run));
    try {
      message.to(workflow);
      return true;
    } catch (WorkflowNotFoundException e) {
      return false;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw ServerTroubles.of(e, address, namespace());
    }
  }

  /** The history of a run's workflow as JSON: what a replay needs. */
  String history(String store, String run) {
    return client.fetchHistory(Place.workflow(store, run)).toJson(true);
  }

  /** Whether something answers at an address as a Temporal server without TLS does. */
  static boolean answers(String address) {
    ClientConfigProfile profile = ClientConfigProfile.newBuilder().setAddress(address).build();
    try (TemporalServer server = connect(profile, "plumb", null)) {
      return !server.address().isEmpty();
    } catch (ServerTrouble e) {
      return false;
    }
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
