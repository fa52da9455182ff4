// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketTroubleTest {
  private static final BucketPlace PLACE = new BucketPlace("tests", "", "http://127.0.0.1:1");

  /** What comes back for HEAD has no body that could say why. */
  private static String refusal(Duration ahead) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).minus(ahead));
    SdkHttpResponse response =
        SdkHttpResponse.builder().statusCode(403).putHeader("Date", date).build();
    S3Exception answer =
        (S3Exception)
            S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder().sdkHttpResponse(response).build())
                .build();
    return String.valueOf(BucketTrouble.explain("look for x", PLACE, answer).getMessage());
  }

  @Test
  void aRefusalWithoutWordsIsPutDownToTheClockIfItsDateIsFarOff() {
    assertThat(refusal(Duration.ofHours(1))).startsWith("the clock of this machine differs");
    assertThat(refusal(Duration.ofHours(-1))).startsWith("the clock of this machine differs");
  }

  @Test
  void aRefusalWithoutWordsAtTheRightTimeIsOneOfRights() {
    assertThat(refusal(Duration.ZERO)).isEqualTo("no right to look for x in s3://tests");
  }
}
