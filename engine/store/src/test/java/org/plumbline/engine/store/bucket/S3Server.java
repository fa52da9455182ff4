// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A server with one bucket that is in memory, which the environment of this process names. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "tests";

  private static final String KEY = "testkey";
  private static final String SECRET = "testsecret";

  private final S3Proxy proxy;
  private final Map<String, String> before = new LinkedHashMap<>();

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /** Starts one. */
  public static S3Server start() throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .build();
    proxy.start();
    S3Server server = new S3Server(proxy);
    server.set("aws.endpointUrlS3", "http://127.0.0.1:" + proxy.getPort());
    server.set("aws.accessKeyId", KEY);
    server.set("aws.secretAccessKey", SECRET);
    server.set("aws.region", "us-east-1");
    try (Bucket bucket = bucket("")) {
      bucket.client().createBucket(create -> create.bucket(BUCKET));
    }
    return server;
  }

  /** Says something else to this process from now on. */
  void set(String property, String value) {
    String old = System.getProperty(property);
    before.putIfAbsent(property, Objects.requireNonNullElse(old, ""));
    System.setProperty(property, value);
  }

  /** The bucket as a process of its own sees it. */
  static Bucket bucket(String prefix) {
    BucketPlace place = new BucketPlace(BUCKET, prefix, BucketClient.server());
    return new Bucket(BucketClient.open(), place, Duration.ofSeconds(2));
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    before.forEach(
        (property, old) -> {
          if (old.isEmpty()) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, old);
          }
        });
  }
}
