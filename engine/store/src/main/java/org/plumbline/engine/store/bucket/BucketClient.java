// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.plumbline.engine.store.record.Secrets;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Connections to a server, as the environment and the profiles of Amazon's own tools say. */
final class BucketClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 64;

  private BucketClient() {}

  /** What is asked through it fails at once if it is half configured. */
  static S3Client open() {
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .socketTimeout(ANSWER))
            // Asking again is BucketAttempts' own: it has to know whether it did.
            .overrideConfiguration(
                settings ->
                    settings
                        .apiCallAttemptTimeout(ANSWER)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()));
    if (endpoint().isPresent()) {
      // Servers of one's own have no name for each bucket, and their regions mean nothing.
      builder.forcePathStyle(true).region(region().orElse(Region.US_EAST_1));
    }
    Secrets.know(credentials.resolveCredentials().secretAccessKey());
    return builder.build();
  }

  /** The server, as people name it. */
  static String server() {
    return endpoint()
        .orElseGet(() -> region().map(region -> "Amazon S3 in " + region).orElse("Amazon S3"));
  }

  private static Optional<Region> region() {
    try {
      return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion());
    } catch (SdkClientException e) {
      return Optional.empty(); // none is said
    }
  }

  private static Optional<String> endpoint() {
    return Stream.of(
            Optional.ofNullable(System.getProperty("aws.endpointUrlS3")),
            Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL_S3")),
            Optional.ofNullable(System.getProperty("aws.endpointUrl")),
            Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")),
            ProfileFile.defaultProfileFile()
                .profile(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
                .flatMap(profile -> profile.property("endpoint_url")))
        .flatMap(Optional::stream)
        .filter(address -> !address.isBlank())
        .findFirst();
  }
}
