// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.engine.store.record.StoreFailure;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a store, by their names within it. No name is a folder of another: some servers
 * keep objects as files. Digests are never taken from the server.
 */
final class Bucket implements AutoCloseable {
  private static final int PAGE = 1000;
  private static final int AT_ONCE = 16;
  private static final int NOT_FOUND = 404;
  private static final int REFUSED = 412;
  private static final String ANY = "*";

  private final S3Client client;
  private final BucketPlace place;
  private final BucketAttempts attempts;
  private final StoreCounts counts = new StoreCounts();

  Bucket(S3Client client, BucketPlace place, Duration patience) {
    this.client = client;
    this.place = place;
    this.attempts = new BucketAttempts(place, patience);
  }

  /**
   * An object as it was found.
   *
   * @param version changes whenever it is written
   * @param age since it was written, by the clock of the server alone
   */
  record Found(byte[] content, String version, Duration age) {}

  /**
   * An object in a list.
   *
   * @param time when it was written, in milliseconds since 1970
   */
  record Listed(String name, long time, long size) {}

  BucketPlace place() {
    return place;
  }

  BucketAttempts attempts() {
    return attempts;
  }

  S3Client client() {
    return client;
  }

  StoreCounts counts() {
    return counts;
  }

  Optional<Found> get(String name) {
    return attempts.run(
        "read " + name,
        () -> {
          try {
            ResponseBytes<GetObjectResponse> found =
                client.getObjectAsBytes(get -> get.bucket(place.bucket()).key(place.key(name)));
            counts.read(found.asByteArrayUnsafe().length);
            return Optional.of(
                new Found(found.asByteArray(), found.response().eTag(), age(found.response())));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  private static Duration age(GetObjectResponse response) {
    Instant written = response.lastModified();
    Instant now =
        response
            .sdkHttpResponse()
            .firstMatchingHeader("Date")
            .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
            .map(ZonedDateTime::toInstant)
            .orElse(written);
    return written == null ? Duration.ZERO : Duration.between(written, now);
  }

  /** The contents of many objects, in their order; nothing for one that is gone. */
  List<byte[]> all(List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, names.size()));
    try {
      List<CompletableFuture<byte[]>> asked = new ArrayList<>();
      for (String name : names) {
        asked.add(
            CompletableFuture.supplyAsync(
                () -> get(name).map(Found::content).orElse(new byte[0]), threads));
      }
      return asked.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFailure failure ? failure : e;
    } finally {
      threads.shutdown();
    }
  }

  /** The size of an object, if it is there. */
  Optional<Long> size(String name) {
    return attempts.run(
        "look for " + name,
        () -> {
          try {
            return Optional.of(
                client
                    .headObject(head -> head.bucket(place.bucket()).key(place.key(name)))
                    .contentLength());
          } catch (S3Exception e) {
            return absent(e);
          }
        });
  }

  private static Optional<Long> absent(S3Exception failure) {
    if (failure.statusCode() != NOT_FOUND) {
      throw failure;
    }
    return Optional.empty();
  }

  /** Writes an object unless it is there; its version if this did it. */
  Optional<String> create(String name, byte[] content) {
    return on(name, content, request(name).ifNoneMatch(ANY));
  }

  /** Writes an object in place of one that was read, unless that has changed; likewise. */
  Optional<String> replace(String name, String version, byte[] content) {
    return on(name, content, request(name).ifMatch(version));
  }

  void put(String name, byte[] content) {
    attempts.run(
        "write " + name,
        () -> client.putObject(request(name).build(), RequestBody.fromBytes(content)));
    counts.written(content.length);
  }

  private PutObjectRequest.Builder request(String name) {
    return PutObjectRequest.builder().bucket(place.bucket()).key(place.key(name));
  }

  private Optional<String> on(String name, byte[] content, PutObjectRequest.Builder request) {
    AtomicInteger tries = new AtomicInteger();
    Optional<String> done =
        attempts.run(
            "write " + name,
            () -> {
              tries.incrementAndGet();
              try {
                RequestBody body = RequestBody.fromBytes(content);
                String version = client.putObject(request.build(), body).eTag();
                counts.written(content.length);
                return Optional.of(version);
              } catch (S3Exception e) {
                if (e.statusCode() == REFUSED || e instanceof NoSuchKeyException) {
                  return Optional.empty();
                }
                throw e;
              }
            });
    if (done.isPresent() || tries.get() == 1) {
      return done;
    }
    // The first attempt may have done it, and only its answer have been lost.
    return get(name).filter(is -> Arrays.equals(is.content(), content)).map(Found::version);
  }

  void delete(Collection<String> names) {
    List<String> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += PAGE) {
      List<ObjectIdentifier> part = new ArrayList<>();
      for (String name : all.subList(from, Math.min(all.size(), from + PAGE))) {
        part.add(ObjectIdentifier.builder().key(place.key(name)).build());
      }
      Delete which = Delete.builder().objects(part).quiet(true).build();
      attempts.run(
          "delete " + all.get(from),
          () -> client.deleteObjects(delete -> delete.bucket(place.bucket()).delete(which)));
    }
  }

  /** The objects whose names begin so, sorted. */
  List<Listed> list(String start) {
    List<Listed> listed = new ArrayList<>();
    String after = "";
    while (true) {
      ListObjectsV2Response page = page(start, after, "");
      for (S3Object object : page.contents()) {
        listed.add(
            new Listed(
                place.name(object.key()), object.lastModified().toEpochMilli(), object.size()));
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return listed;
      }
      after = page.contents().get(page.contents().size() - 1).key();
    }
  }

  /** The names of the first objects of the store, or of what is in its place. */
  List<String> first() {
    return page("", "", "").contents().stream().map(object -> place.name(object.key())).toList();
  }

  /** The folders of a folder, whose name ends with {@code /}; sorted. */
  SortedSet<String> folders(String folder) {
    SortedSet<String> folders = new TreeSet<>();
    String after = "";
    while (true) {
      ListObjectsV2Response page = page(folder, after, "/");
      page.commonPrefixes()
          .forEach(
              found -> {
                String name = place.name(found.prefix());
                folders.add(name.substring(folder.length(), name.length() - 1));
              });
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return folders;
      }
      after = page.nextContinuationToken();
    }
  }

  private ListObjectsV2Response page(String start, String after, String delimiter) {
    return attempts.run(
        "list " + start,
        () ->
            client.listObjectsV2(
                list -> {
                  list.bucket(place.bucket()).prefix(place.key(start)).maxKeys(PAGE);
                  if (!delimiter.isEmpty()) {
                    list.delimiter(delimiter);
                    if (!after.isEmpty()) {
                      list.continuationToken(after);
                    }
                  } else if (!after.isEmpty()) {
                    list.startAfter(after);
                  }
                }));
  }

  @Override
  public void close() {
    client.close();
  }
}
