// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.record.StoreFailure;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an answer of the server means, in words; nothing of it is shown that may be secret. */
final class BucketTrouble {
  private static final String OTHER_STORE = "name another store with `--store s3://BUCKET/PREFIX`";
  private static final int FORBIDDEN = 403;

  /** Servers of buckets take no more. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);

  private static final int MOVED = 301;

  private BucketTrouble() {}

  static StoreFailure explain(String doing, BucketPlace place, SdkException failure) {
    if (failure instanceof S3Exception answer) {
      String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
      return answered(doing, place, answer, code == null ? "" : code);
    }
    Throwable io = io(failure);
    if (io != null || BucketAttempts.mayPass(failure)) {
      String why = io == null ? "no answer in time" : words(io);
      return StoreFailure.unreachable(
          "cannot %s: %s does not answer: %s".formatted(doing, place.server(), why),
          "see whether it runs and can be reached from here, then resume; nothing is lost",
          failure);
    }
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("region")) {
      return StoreFailure.bucket(
          "it is not said in which region " + place.address() + " is",
          "set AWS_REGION, or `region` in ~/.aws/config",
          failure);
    }
    if (text.contains("credentials") || text.contains("access key")) {
      return StoreFailure.bucket(
          "there are no whole credentials for " + place.address(),
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, both of them, or AWS_PROFILE",
          failure);
    }
    return StoreFailure.bucket(
        "cannot %s: %s".formatted(doing, failure.getMessage()), OTHER_STORE, failure);
  }

  private static StoreFailure answered(
      String doing, BucketPlace place, S3Exception answer, String code) {
    String address = place.address();
    switch (code) {
      case "NoSuchBucket":
        return StoreFailure.bucket(
            "there is no bucket `%s` at %s".formatted(place.bucket(), place.server()),
            "make it, or " + OTHER_STORE,
            answer);
      case "InvalidAccessKeyId":
        return StoreFailure.bucket(
            "the access key is not known to " + place.server(),
            "see AWS_ACCESS_KEY_ID, AWS_PROFILE and AWS_ENDPOINT_URL_S3",
            answer);
      case "SignatureDoesNotMatch":
        return StoreFailure.bucket(
            "the secret key is not that of the access key, says " + place.server(),
            "see AWS_SECRET_ACCESS_KEY or AWS_PROFILE",
            answer);
      case "ExpiredToken":
        return StoreFailure.bucket(
            "the credentials for " + address + " have expired", "get new ones", answer);
      case "RequestTimeTooSkewed":
        return clock(place, answer);
      case "PermanentRedirect", "AuthorizationHeaderMalformed":
        return StoreFailure.bucket(
            address + " is in another region", "set AWS_REGION to that of the bucket", answer);
      default:
        break;
    }
    if (answer.statusCode() == FORBIDDEN && skewed(answer)) {
      return clock(place, answer);
    }
    if (answer.statusCode() == FORBIDDEN) {
      return StoreFailure.bucket(
          "no right to %s in %s".formatted(doing, address),
          "the credentials need to read, write, list and delete objects there",
          answer);
    }
    String said = code.isEmpty() ? "status " + answer.statusCode() : code;
    String message = "cannot %s in %s: %s says %s".formatted(doing, address, place.server(), said);
    if (BucketAttempts.mayPass(answer)) {
      return StoreFailure.unreachable(message, "try again later; nothing is lost", answer);
    }
    return StoreFailure.bucket(
        message,
        answer.statusCode() == MOVED ? "set AWS_REGION to that of the bucket" : OTHER_STORE,
        answer);
  }

  private static StoreFailure clock(BucketPlace place, S3Exception answer) {
    return StoreFailure.bucket(
        "the clock of this machine differs too much from that of " + place.server(),
        "set the clock; `timedatectl` shows whether it is kept right",
        answer);
  }

  /** Whether the clock is to blame: a refusal of HEAD has no words, but a date. */
  private static boolean skewed(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details == null || details.sdkHttpResponse() == null) {
      return false;
    }
    String date = details.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Duration.between(theirs, Instant.now()).abs().compareTo(MOST_SKEW) > 0;
    } catch (DateTimeException e) {
      return false; // it does not say what time it is
    }
  }

  /** The failure of a connection that is behind another, if one is. */
  static @Nullable Throwable io(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof IOException) {
        return at;
      }
    }
    return null;
  }

  private static String words(Throwable io) {
    return io.getMessage() == null ? io.getClass().getSimpleName() : io.getMessage();
  }
}
