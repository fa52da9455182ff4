// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.lease.FolderLeases;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.FolderRecords;
import org.plumbline.engine.store.record.Records;

/** Runs as folders below {@code runs} in the store's own folder. */
public final class FolderRuns implements RunHome {
  /** The files that a run may have. */
  private static final Pattern OWN =
      Pattern.compile(
          "(run|plan|comparison)\\.json(\\.sha256)?|(nodes|events)\\.jsonl|report\\.html"
              + "|crash-[A-Za-z0-9@.-]+\\.txt");

  private final Path home;
  private final StoreLayout ground;
  private final StagingArea scratch;
  private final Leases conducting;
  private final Records owners;

  /** Those of a store. */
  public FolderRuns(StoreLayout ground, StagingArea scratch) {
    this.home = ground.at("runs");
    this.ground = ground;
    this.scratch = scratch;
    this.conducting = FolderLeases.endless(ground, StoreLayout.LOCKS);
    // To read a locked file would, on POSIX, give up a lock of ours: so they are no text in it.
    this.owners = new FolderRecords(ground, scratch, StoreLayout.LOCKS, DeletablePaths.OWNER);
  }

  @Override
  public List<String> names() throws IOException {
    return StagingArea.list(home).stream()
        .map(folder -> String.valueOf(folder.getFileName()))
        .toList();
  }

  @Override
  public boolean isThere(String id) {
    return Files.exists(home.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isThere(String id, String file) {
    return Files.exists(home.resolve(id).resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void create(String id, byte[] plan, byte[] record) throws IOException {
    ground.createFolders(home);
    Path prepared = scratch.folder();
    ground.disk().write(prepared.resolve(RunFolder.PLAN), plan);
    ground.disk().write(prepared.resolve(RunFolder.RECORD), record);
    ground.disk().syncFolder(prepared);
    ground.disk().move(prepared, home.resolve(id));
    ground.disk().syncFolder(home);
  }

  @Override
  public Records files(String id) throws IOException {
    MisplacedFile.isFolder(home.resolve(id));
    return new FolderRecords(ground, scratch, "runs/" + id, DeletablePaths.REPORT);
  }

  @Override
  public Journal journal(String id, String file) {
    return new FolderJournal(ground, home.resolve(id).resolve(file));
  }

  @Override
  public String where(String id, String file) {
    return home.resolve(id).resolve(file).toString();
  }

  @Override
  public Size size(String id) throws IOException {
    long time = 0;
    long bytes = 0;
    requireOwn(home.resolve(id));
    for (Path file : StagingArea.files(home.resolve(id))) {
      time = Math.max(time, file.toFile().lastModified());
      bytes += file.toFile().length();
    }
    return new Size(time, bytes);
  }

  @Override
  public void remove(String id) throws IOException {
    Path folder = home.resolve(id);
    requireOwn(folder);
    scratch.remove(folder);
  }

  private static void requireOwn(Path folder) throws IOException {
    MisplacedFile.isFolder(folder);
    for (Path each : StagingArea.list(folder)) {
      if (!OWN.matcher(String.valueOf(each.getFileName())).matches()
          || !Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
        throw MisplacedFile.stranger(each);
      }
    }
  }

  /** They are made aside, and removed as a whole. */
  @Override
  public List<String> remains() {
    return List.of();
  }

  @Override
  public void forget(String id, String page) throws IOException {
    ground.delete(DeletablePaths.REPORT, home.resolve(id).resolve(page));
  }

  @Override
  public Leases conducting() {
    return conducting;
  }

  @Override
  public Records owners() {
    return owners;
  }

  @Override
  public void problem(String text) {
    ground.problem(text);
  }

  @Override
  public Path local() {
    return home;
  }
}
