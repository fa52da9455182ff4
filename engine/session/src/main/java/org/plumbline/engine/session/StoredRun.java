// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.Decision;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.CheckpointTiming;
import org.plumbline.engine.run.NodeListener;
import org.plumbline.engine.run.NodeRunner;
import org.plumbline.engine.run.SettingsBinder;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** The work of one run whose plan, results and record are in a store. Thread-safe. */
public final class StoredRun implements RunWork {

  /** What finding out what is to be done is called in messages. */
  public static final String BEGINNING = "the beginning of the run";

  /** What the comparison is called in messages. */
  public static final String COMPARISON = "the comparison";

  private static final SettingsBinder BINDER =
      new SettingsBinder() {
        @Override
        public <T> T bind(Map<String, Object> plain, Class<T> type) {
          return Specs.bindCanonical(type, plain);
        }
      };

  private final Store store;
  private final ActiveRun run;
  private final Map<String, Stage> stages;
  private final Map<String, PlanNode> nodes;
  private final Predicate<PlanNode> forced;
  private final NodeRunner runner;
  private final Runnable prepare;
  private final Set<String> asking;

  /** What was found when it was submitted: good for the beginning that comes right after. */
  private final AtomicReference<@Nullable Resolution> submitted = new AtomicReference<>();

  /**
   * The work of a run.
   *
   * @param stages one for each operation of the plan
   * @param forced nodes that are computed even if another run has done so
   * @param timing when stages save checkpoints
   * @param prepare is called before a stage runs that computes with the engine; starts it
   * @param asking names of the nodes that ask somebody outside
   */
  public StoredRun(
      Store store,
      ActiveRun run,
      List<? extends Stage> stages,
      Predicate<PlanNode> forced,
      CheckpointTiming timing,
      Runnable prepare,
      Set<String> asking) {
    this.store = store;
    this.run = run;
    this.stages = new LinkedHashMap<>();
    stages.forEach(stage -> this.stages.put(stage.operation(), stage));
    this.nodes = run.plan().byId();
    this.forced = forced;
    this.prepare = prepare;
    this.asking = Set.copyOf(asking);
    this.runner = new NodeRunner(store, BINDER, run.record().provenance(), timing);
  }

  /**
   * Puts copies of the files that will be read into the store, so that whoever computes needs
   * nothing else.
   *
   * @param stop is asked before each file
   * @throws StoreFailure if one has changed since the plan was made, or cannot be copied
   * @throws StageStopped if it was told to stop
   */
  public void submit(Inputs.CopyListener listener, BooleanSupplier stop) {
    Resolution found = resolution();
    for (ResolvedNode node : found.nodes()) {
      if (node.artifact() == null) {
        for (FileRef file : Objects.requireNonNull(nodes.get(node.id())).files().values()) {
          if (stop.getAsBoolean()) {
            throw new StageStopped(0);
          }
          store.inputs().put(file, listener);
        }
      }
    }
    if (stop.getAsBoolean()) {
      throw new StageStopped(0);
    }
    submitted.set(found);
  }

  @Override
  public Resolution resolve(String id) {
    Resolution known = submitted.getAndSet(null);
    return known == null ? resolution() : known;
  }

  private Resolution resolution() {
    Decisions decisions = Decisions.of(run.plan(), store.history(), this::mustBeMadeAnew);
    List<ResolvedNode> resolved = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (Decisions.Choice choice : decisions.choices()) {
      PlanNode node = choice.node();
      String artifact = null;
      // What comes after a node that runs is looked at again when its bytes are known.
      boolean settled = node.needs().stream().noneMatch(open::contains);
      if (settled && choice.decision() instanceof Decision.Reuse reuse) {
        artifact = reuse.artifact();
        store.nodes().find(node.key()).ifPresent(record -> found(node, record));
      } else {
        open.add(node.id());
      }
      resolved.add(
          new ResolvedNode(node.id(), node.operation(), node.needs(), artifact, resource(node)));
    }
    return new Resolution(resolved);
  }

  private Resource resource(PlanNode node) {
    Stage stage = stages.get(node.operation());
    if (stage != null && stage.computesWithEngine()) {
      return node.parts().runtime().getOrDefault("device", "cpu").equals("cpu")
          ? Resource.CPU
          : Resource.GPU;
    }
    return asking.contains(node.name()) ? Resource.JUDGE : Resource.CPU;
  }

  private boolean mustBeMadeAnew(PlanNode node) {
    return forced.test(node)
        && store.nodes().find(node.key()).filter(made -> made.run().equals(run.id())).isEmpty();
  }

  private void found(PlanNode node, NodeRecord record) {
    boolean own = record.run().equals(run.id());
    run.outcome(
        new NodeOutcome(
            node.id(),
            node.key(),
            own ? NodeOutcome.RUN : NodeOutcome.REUSE,
            record.artifact(),
            record.seconds(),
            record.steps(),
            record.resumedFrom(),
            now(),
            null));
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) throws IOException {
    PlanNode node = nodes.get(task.node());
    if (node == null) {
      throw new IllegalStateException("no node of run " + run.id() + ": " + task.node());
    }
    Stage stage = stages.get(node.operation());
    if (stage == null) {
      throw new IllegalStateException("no stage does " + node.operation());
    }
    NodeRunner.Task order =
        new NodeRunner.Task(
            run.id(),
            run.plan().experiment(),
            forced.test(node),
            inputs(node, task),
            channel::stopRequested);
    String started = now();
    long begun = System.nanoTime();
    try {
      if (stage.computesWithEngine()) {
        prepare.run();
      }
      NodeOutcome outcome = run(node, stage, order, channel);
      run.outcome(outcome);
      String artifact = outcome.artifact();
      if (artifact == null) {
        throw new IllegalStateException(node.id() + " ended without a result or a failure");
      }
      return new NodeResult(artifact, outcome.action().equals(NodeOutcome.REUSE));
    } catch (StageStopped stopped) {
      run.event("node-stopped", Map.of("node", node.id()));
      throw stopped;
    } catch (StageFailure | StoreFailure | Unreachable failure) {
      if (failure instanceof StoreFailure lost && lost.kind() == StoreFailure.Kind.LEASE_LOST) {
        run.event("node-lost", Map.of("node", node.id()));
        throw failure; // what becomes of the node is for another to say, and may have been said
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      String message = String.valueOf(failure.getMessage());
      run.outcome(NodeOutcome.failed(node.id(), node.key(), started, seconds, message));
      throw failure;
    } catch (RuntimeException | LinkageError | AssertionError bug) {
      run.outcome(NodeOutcome.failed(node.id(), node.key(), started, 0, bug.toString()));
      writeCrash(node.id(), bug);
      throw bug;
    }
  }

  /** The digests that the workflow hands over, by key. */
  private Map<String, String> inputs(PlanNode node, NodeTask task) {
    Map<String, String> digests = new HashMap<>();
    List<String> needs = node.needs();
    for (int i = 0; i < needs.size(); i++) {
      PlanNode needed = Objects.requireNonNull(nodes.get(needs.get(i)));
      digests.put(needed.key(), task.inputs().get(i));
    }
    return digests;
  }

  private NodeOutcome run(PlanNode node, Stage stage, NodeRunner.Task order, NodeChannel channel) {
    try {
      return runner.run(node, stage, order, new Told(node, channel));
    } catch (StageStopped | StageFailure | StoreFailure | Unreachable known) {
      throw known;
    } catch (RuntimeException | OutOfMemoryError failure) {
      throw MemoryFailure.of(failure, node).orElseThrow(() -> rethrown(failure));
    }
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  /** The file in the folder of the run that tells of a fault in plumb itself. */
  public static String crashFile(String node) {
    return "crash-" + node.replaceAll("[^A-Za-z0-9@.-]", "-") + ".txt";
  }

  private void writeCrash(String node, Throwable bug) throws IOException {
    StringWriter text = new StringWriter();
    bug.printStackTrace(new PrintWriter(text));
    store.runs().put(run.id(), crashFile(node), text.toString());
  }

  @Override
  public void compare(String id) throws IOException {
    try {
      new StoredComparison(store, run.record(), run.plan()).write();
    } catch (RuntimeException bug) {
      writeCrash(COMPARISON, bug);
      throw bug;
    }
  }

  @Override
  public void end(String id, RunStatus status, @Nullable String message) {
    run.end(status, message);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Hands on what a node says, and writes down what is worth keeping. */
  private final class Told implements NodeListener {
    private final PlanNode node;
    private final NodeChannel channel;

    Told(PlanNode node, NodeChannel channel) {
      this.node = node;
      this.channel = channel;
    }

    @Override
    public void waiting() {
      channel.note("another process works on it; waiting for its result");
    }

    @Override
    public void started(long fromStep) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("node", node.id());
      about.put("from", fromStep);
      about.put("by", "process %d on %s".formatted(ProcessHandle.current().pid(), Host.name()));
      run.event("node-started", about);
      channel.started(fromStep);
    }

    @Override
    public void progress(long step, long total, Map<String, Double> metrics) {
      channel.progress(step, total, metrics);
    }

    @Override
    public void checkpoint(long step, long bytes, Duration time) {
      channel.checkpoint(step, bytes, time);
    }

    @Override
    public void note(String text) {
      run.event("note", Map.of("node", node.id(), "text", text));
      channel.note(text);
    }

    @Override
    public void problem(String text) {
      run.event("problem", Map.of("node", node.id(), "text", text));
      channel.note(text);
    }
  }
}
