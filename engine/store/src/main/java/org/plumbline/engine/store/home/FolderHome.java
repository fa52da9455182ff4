// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.FolderBlobs;
import org.plumbline.engine.store.content.FolderCheckpoints;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.lease.FolderLeases;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.FolderRecords;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.FolderRuns;
import org.plumbline.engine.store.runs.RunHome;

/**
 * A store that is a folder.
 *
 * <p>Everything is prepared aside, forced to the device and then renamed into its place, so nothing
 * is ever seen half-written, whenever a process dies.
 */
public final class FolderHome implements StoreHome {
  private final StoreLayout ground;
  private final StagingArea scratch;
  private final FolderBlobs blobs;
  private final FolderCheckpoints checkpoints;
  private final Records inputs;
  private final Records nodes;
  private final Leases leases;
  private final RunHome runs;

  private FolderHome(StoreLayout ground) throws IOException {
    this.ground = ground;
    this.scratch = StagingArea.of(ground);
    this.blobs = new FolderBlobs(ground, scratch);
    this.checkpoints = new FolderCheckpoints(ground, scratch);
    this.inputs =
        new FolderRecords(ground, scratch, StoreLayout.INPUTS, DeletablePaths.INPUT_RECORD);
    this.nodes = new FolderRecords(ground, scratch, "nodes", DeletablePaths.NODE_RECORD);
    this.leases = FolderLeases.timed(ground, StoreLayout.CHECKPOINTS, LeaseTime.configured());
    this.runs = new FolderRuns(ground, scratch);
  }

  /**
   * Opens the store in a folder; makes one if the folder is empty or not there.
   *
   * @param problems is told once of each thing in it that is damaged and that it can do without
   * @throws StoreFailure if there is something else, or a store of a newer version; nothing is
   *     touched then
   */
  public static FolderHome open(Path folder, Disk disk, Consumer<String> problems) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      root = real(root);
      disk.createFolders(root);
      StoreLayout ground = StoreLayout.of(root, disk, problems);
      FolderFormat.check(root);
      return new FolderHome(ground).prepared();
    } catch (IOException e) {
      throw StoreFailure.io("open the store", root, 0, e);
    }
  }

  /** The path without links, as far as it is there: the user may name a store by a link. */
  private static Path real(Path folder) throws IOException {
    Path there = folder;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(folder));
  }

  private FolderHome prepared() throws IOException {
    boolean prepared = false;
    try {
      prepare();
      prepared = true;
      return this;
    } finally {
      if (!prepared) {
        release();
      }
    }
  }

  private void prepare() throws IOException {
    Path format = local().resolve(StoreLayout.FORMAT);
    if (!MisplacedFile.isFile(format)) {
      scratch.replace(format, (FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
    }
    try {
      for (StagingArea each : scratches()) {
        each.clean();
      }
    } catch (AccessDeniedException e) {
      // A store that may only be read is still good for reading; whoever may write will clean it.
      return;
    }
  }

  private Set<StagingArea> scratches() {
    return new LinkedHashSet<>(List.of(scratch, blobs.scratch(), checkpoints.scratch()));
  }

  @Override
  public String name() {
    return local().toString();
  }

  @Override
  public Path local() {
    return ground.root();
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public Records inputs() {
    return inputs;
  }

  @Override
  public Records nodes() {
    return nodes;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public RunHome runs() {
    return runs;
  }

  @Override
  public StoreCounts counts() {
    return ground.counts();
  }

  @Override
  public void release() throws IOException {
    for (StagingArea each : scratches()) {
      each.release();
    }
  }

  @Override
  public void close() throws IOException {
    for (StagingArea each : scratches()) {
      each.close();
    }
  }
}
