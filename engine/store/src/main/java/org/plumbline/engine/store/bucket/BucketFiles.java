// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files as objects: large ones go and come in parts, each of which is asked for again alone. */
final class BucketFiles {
  private static final int REFUSED = 412;

  private final Bucket bucket;
  private final S3Client client;
  private final BucketPlace place;
  private final int part;

  /**
   * Files of a bucket.
   *
   * @param part how many bytes are sent at once; servers want 5 MiB at least
   */
  BucketFiles(Bucket bucket, int part) {
    this.bucket = bucket;
    this.client = bucket.client();
    this.place = bucket.place();
    this.part = part;
  }

  /** Puts a file there unless there is one of its size: it is named by its content. */
  void put(String name, Path file) throws IOException {
    long size = Files.size(file);
    Optional<Long> there = bucket.size(name);
    if (there.isPresent() && there.get() == size) {
      return;
    }
    if (there.isPresent()) {
      bucket.delete(List.of(name)); // torn: it would be in the way for ever
    }
    if (size <= part) {
      bucket.create(name, Files.readAllBytes(file));
    } else {
      putInParts(name, file, size);
    }
  }

  private void putInParts(String name, Path file, long size) throws IOException {
    String upload =
        bucket
            .attempts()
            .run(
                "begin to write " + name,
                () ->
                    client
                        .createMultipartUpload(
                            create -> create.bucket(place.bucket()).key(place.key(name)))
                        .uploadId());
    boolean done = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      List<CompletedPart> parts = new ArrayList<>();
      for (long at = 0; at < size; at += part) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(part, size - at));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
          read = channel.read(bytes, at + bytes.position());
        }
        parts.add(send(name, upload, parts.size() + 1, bytes.array()));
      }
      complete(name, upload, parts);
      done = true;
    } finally {
      if (!done) {
        client.abortMultipartUpload(
            abort -> abort.bucket(place.bucket()).key(place.key(name)).uploadId(upload));
      }
    }
  }

  private CompletedPart send(String name, String upload, int number, byte[] bytes) {
    String tag =
        bucket
            .attempts()
            .run(
                "write " + name,
                () ->
                    client
                        .uploadPart(
                            send ->
                                send.bucket(place.bucket())
                                    .key(place.key(name))
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(bytes))
                        .eTag());
    bucket.counts().written(bytes.length);
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private void complete(String name, String upload, List<CompletedPart> parts) {
    bucket
        .attempts()
        .run(
            "write " + name,
            () -> {
              try {
                return client.completeMultipartUpload(
                    complete ->
                        complete
                            .bucket(place.bucket())
                            .key(place.key(name))
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)));
              } catch (S3Exception e) {
                // Done already, by us or by somebody with the same content.
                if (e.statusCode() == REFUSED || bucket.size(name).isPresent()) {
                  return "";
                }
                throw e;
              }
            });
  }

  /**
   * Gets a file.
   *
   * @return whether it is there, and of this size
   */
  boolean get(String name, Path file, long size) throws IOException {
    if (bucket.size(name).filter(there -> there == size).isEmpty()) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < size; at += part) {
        write(channel, at, range(name, at, Math.min(size, at + part) - 1));
      }
    }
    return true;
  }

  private byte[] range(String name, long from, long to) {
    byte[] bytes =
        bucket
            .attempts()
            .run(
                "read " + name,
                () ->
                    client
                        .getObjectAsBytes(
                            get ->
                                get.bucket(place.bucket())
                                    .key(place.key(name))
                                    .range("bytes=" + from + "-" + to))
                        .asByteArray());
    bucket.counts().read(bytes.length);
    return bytes;
  }

  private static void write(FileChannel channel, long at, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }
}
