// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Manifest;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * Blobs as a manifest and the files that it names, each an object under its digest, however many
 * blobs it is in. Those that this machine has made or read are in a folder of it, too, which is
 * where they are read. What counts is what is in the bucket.
 */
final class BucketBlobs implements Blobs {
  private static final String FILES = "files/";
  private static final String MANIFESTS = "artifacts/";
  private static final Pattern MANIFEST = Pattern.compile(MANIFESTS + "([0-9a-f]{64})\\.json");

  private final Bucket bucket;
  private final FolderObjects objects;
  private final LocalCache cache;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  BucketBlobs(Bucket bucket, FolderObjects objects, LocalCache cache) {
    this.bucket = bucket;
    this.objects = objects;
    this.cache = cache;
  }

  @Override
  public Path prepare() throws IOException {
    return cache.blobs().prepare();
  }

  @Override
  public void discard(Path prepared) {
    cache.blobs().discard(prepared);
  }

  @Override
  public void link(Path file, Path prepared) throws IOException {
    cache.blobs().link(file, prepared);
  }

  @Override
  public String put(Path prepared, String doing, Inspection inspection) {
    String digest = cache.blobs().put(prepared, doing, inspection);
    if (cache.blobs().find(digest) instanceof State.Whole whole) {
      try {
        Manifest manifest = Manifest.read(whole.folder());
        objects.store(manifest, FILES, whole.folder());
        if (bucket.create(name(digest), manifest.bytes()).isEmpty()) {
          bucket.put(name(digest), manifest.bytes()); // what has its name is damaged
        }
      } catch (IOException e) {
        throw StoreFailure.io(doing, whole.folder(), 0, e);
      }
      known.add(digest);
      cache.used(digest);
      return digest;
    }
    throw StoreFailure.missing(digest);
  }

  @Override
  public Presence check(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      return Presence.MISSING;
    }
    if (known.contains(digest) || bucket.size(name(digest)).isPresent()) {
      known.add(digest);
      return Presence.WHOLE;
    }
    return Presence.MISSING;
  }

  @Override
  public State find(String digest) {
    if (check(digest) != Presence.WHOLE) {
      return new State.Missing();
    }
    State here = cache.blobs().find(digest);
    if (here instanceof State.Whole) {
      cache.used(digest);
      return here;
    }
    return fetch(digest);
  }

  private State fetch(String digest) {
    try {
      Optional<Bucket.Found> found = bucket.get(name(digest));
      if (found.isEmpty()) {
        known.remove(digest);
        return new State.Missing();
      }
      Manifest manifest = Manifest.read(found.get().content());
      Path folder = prepare();
      String damage =
          manifest.digest().equals(digest)
              ? objects.fetch(manifest, FILES, folder).orElse("")
              : "its manifest has changed";
      if (!damage.isEmpty()) {
        discard(folder);
        setAside(digest);
        return new State.Damaged(damage);
      }
      cache.blobs().put(folder, "fetch " + digest, all -> {});
      cache.used(digest);
      return cache.blobs().find(digest);
    } catch (IOException e) {
      return new State.Damaged("it cannot be read: " + Trouble.of(e));
    }
  }

  /** There is nothing in a bucket that could be looked at later: it is deleted. */
  @Override
  public void setAside(String digest) throws IOException {
    cache.blobs().setAside(digest);
    bucket.delete(List.of(name(digest)));
    known.remove(digest);
  }

  @Override
  public List<Listed> list() {
    List<Listed> listed = new ArrayList<>();
    for (Bucket.Listed each : bucket.list(MANIFESTS)) {
      Matcher matcher = MANIFEST.matcher(each.name());
      if (matcher.matches()) {
        listed.add(new Listed(matcher.group(1), each.time(), each.size()));
      }
    }
    return listed;
  }

  @Override
  public void delete(Collection<String> digests) {
    bucket.delete(digests.stream().map(BucketBlobs::name).toList());
    known.removeAll(digests);
  }

  @Override
  public List<Loose> loose(Set<String> going, long before) throws IOException {
    Set<String> needed = new HashSet<>();
    Set<String> freed = new HashSet<>();
    List<String> digests = list().stream().map(Listed::digest).toList();
    List<byte[]> manifests = bucket.all(digests.stream().map(BucketBlobs::name).toList());
    for (int i = 0; i < digests.size(); i++) {
      Set<String> files = going.contains(digests.get(i)) ? freed : needed;
      for (Manifest.Item item : files(digests.get(i), manifests.get(i))) {
        files.add(FILES + item.sha256());
      }
    }
    List<Loose> loose = new ArrayList<>();
    for (Bucket.Listed each : bucket.list(FILES)) {
      if (!needed.contains(each.name()) && (freed.contains(each.name()) || each.time() < before)) {
        loose.add(new Loose(each.name(), each.size()));
      }
    }
    return loose;
  }

  /** A damaged manifest names nothing: its blob can be opened by nobody. */
  private static List<Manifest.Item> files(String digest, byte[] manifest) {
    try {
      Manifest read = Manifest.read(manifest);
      return read.digest().equals(digest) ? read.files() : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public void deleteLoose(Collection<Loose> files) {
    bucket.delete(files.stream().map(Loose::name).toList());
  }

  @Override
  public boolean restore(String digest) throws IOException {
    if (cache.blobs().find(digest) instanceof State.Whole whole) {
      Manifest manifest = Manifest.read(whole.folder());
      objects.store(manifest, FILES, whole.folder());
      bucket.create(name(digest), manifest.bytes());
      return true;
    }
    return false;
  }

  private static String name(String digest) {
    return MANIFESTS + digest + ".json";
  }
}
