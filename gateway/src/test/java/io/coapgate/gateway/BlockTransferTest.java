package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.BLOCK1;
import static io.coapgate.gateway.RawMessage.BLOCK2;
import static io.coapgate.gateway.RawMessage.SIZE1;
import static io.coapgate.gateway.RawMessage.con;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7959 and RFC 9175 §3, one block at a time. */
@Timeout(60)
class BlockTransferTest {
    private static final String BODY = "abcdefghij".repeat(150);

    private final Path directory;
    private final RunningGateway gateway;
    private final RawCoapClient device;
    private int mid;

    BlockTransferTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        gateway = new RunningGateway(directory, "", "coap: {max-body: 2KiB}");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
    }

    private RawMessage request(String method, String... path) {
        return con(method, ++mid, path);
    }

    /** A block of the body from where its number and size say. */
    private static RawMessage block(RawMessage request, String body, int number, int szx) {
        int size = 16 << szx;
        int end = Math.min(body.length(), (number + 1) * size);
        return request.withBlock(BLOCK1, number, end < body.length(), szx)
                .withPayload(body.substring(number * size, end));
    }

    private RawMessage upload(String method, String body, int szx, String... path) throws Exception {
        for (int number = 0; ; number++) {
            RawMessage block = block(request(method, path), body, number, szx);
            RawMessage answer = device.exchange(block);
            if ((block.uint(BLOCK1) & 8) == 0) {
                return answer;
            }
            assertThat(answer.codeText()).isEqualTo("2.31");
            assertThat(answer.uint(BLOCK1)).isEqualTo(block.uint(BLOCK1));
        }
    }

    private void assertReported(String reason) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(gateway.metrics())
                        .contains("coapgate_refusals_total{reason=\"" + reason + "\"} 1.0"));
    }

    @Nested
    class Uploads {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
        void aBodyArrivesInBlocksOfAnySize(int szx) throws Exception {
            RawMessage answer = upload("0.03", BODY, szx, "open", "a");
            assertThat(answer.codeText()).isEqualTo("2.04");
            assertThat(answer.uint(BLOCK1) & 8)
                    .as("the last block is acknowledged as such")
                    .isZero();
            assertThat(gateway.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.body()).isEqualTo(BODY));
        }

        @Test
        void aDeviceMayGoOnInSmallerBlocks() throws Exception {
            device.exchange(block(request("0.03", "open", "a"), BODY, 0, 5)); // 512
            for (int number = 8; number < 24; number++) { // 64
                RawMessage answer = device.exchange(block(request("0.03", "open", "a"), BODY, number, 2));
                assertThat(answer.codeText()).isEqualTo(number < 23 ? "2.31" : "2.04");
            }
            assertThat(gateway.calls().get(0).body()).isEqualTo(BODY);
        }

        @Test
        void theGatewayMayAskForSmallerBlocks() throws Exception {
            try (RunningGateway small = new RunningGateway(
                            directory, "coap: {max-block: 64, ack-timeout: 60s, piggyback-window: 50s}", "");
                    RawCoapClient other = small.device("sensor-1")) {
                RawMessage first = other.exchange(block(request("0.03", "open", "a"), BODY, 0, 6));
                assertThat(first.codeText()).isEqualTo("2.31");
                assertThat(first.uint(BLOCK1) & 7).as("64 bytes from now on").isEqualTo(2);
                for (int number = 16; number < 24; number++) {
                    other.exchange(block(request("0.03", "open", "a"), BODY, number, 2));
                }
                assertThat(small.calls().get(0).body()).isEqualTo(BODY);
            }
        }

        @Test
        void aBlockOutOfOrderIsAnIncompleteBody() throws Exception {
            device.exchange(block(request("0.03", "open", "a"), BODY, 0, 2));
            RawMessage answer = device.exchange(block(request("0.03", "open", "a"), BODY, 2, 2));
            assertThat(answer.codeText()).isEqualTo("4.08");
            assertThat(answer.uint(RawMessage.CONTENT_FORMAT)).isEqualTo(257);
            assertReported("transfer_incomplete");
            assertThat(device.exchange(block(request("0.03", "open", "b"), BODY, 3, 2))
                            .codeText())
                    .as("none came before it")
                    .isEqualTo("4.08");
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void whatFailedDoesNotCountAsBegun() throws Exception {
            for (int i = 0; i < 10; i++) {
                assertThat(device.exchange(block(request("0.03", "open", "" + i), BODY, 0, 2))
                                .codeText())
                        .isEqualTo("2.31");
                assertThat(device.exchange(block(request("0.03", "open", "" + i), BODY, 5, 2))
                                .codeText())
                        .isEqualTo("4.08");
            }
        }

        @Test
        void theFirstBlockBeginsAnew() throws Exception {
            device.exchange(block(request("0.03", "open", "a"), "x".repeat(200), 0, 2));
            device.exchange(block(request("0.03", "open", "a"), "x".repeat(200), 1, 2));
            assertThat(upload("0.03", BODY, 2, "open", "a").codeText()).isEqualTo("2.04");
            assertThat(gateway.calls().get(0).body()).isEqualTo(BODY);
        }

        @Test
        void aBodyThatIsAnnouncedTooLargeIsRefusedAtOnce() throws Exception {
            for (int size : new int[] {2049, Integer.MAX_VALUE, -1}) {
                RawMessage answer = device.exchange(
                        block(request("0.03", "open", "a"), BODY, 0, 2).withUint(SIZE1, size));
                assertThat(answer.codeText()).isEqualTo("4.13");
                assertThat(answer.uint(SIZE1)).as("the bound").isEqualTo(2048);
            }
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void aBodyThatGrowsTooLargeIsRefusedWithTheBound() throws Exception {
            String body = "x".repeat(2049);
            RawMessage answer = upload("0.03", body, 6, "open", "a");
            assertThat(answer.codeText()).isEqualTo("4.13");
            assertThat(answer.uint(SIZE1)).isEqualTo(2048);
            assertThat(gateway.called()).isEmpty();
            assertReported("body_too_large");
        }

        @Test
        void aSizeOfNothingIsNoReasonToFail() throws Exception {
            RawMessage first = block(request("0.03", "open", "a"), BODY, 0, 2).withUint(SIZE1, 0);
            assertThat(device.exchange(first).codeText()).isEqualTo("2.31");
        }

        @Test
        void aReservedSizeAndABlockLongerThanItsSizeAreBadRequests() throws Exception {
            RawMessage reserved =
                    request("0.03", "open", "a").withBlock(BLOCK1, 0, false, 7).withPayload("x");
            assertThat(device.exchange(reserved).codeText()).isEqualTo("4.00");
            RawMessage tooLong =
                    request("0.03", "open", "a").withBlock(BLOCK1, 0, true, 0).withPayload("x".repeat(17));
            assertThat(device.exchange(tooLong).codeText()).isEqualTo("4.00");
            assertThat(gateway.called()).isEmpty();
        }
    }

    /** RFC 9175 §3. */
    @Nested
    class RequestTags {
        private RawMessage tagged(String body, int number, byte... tag) {
            return block(request("0.03", "open", "a"), body, number, 2).with(RawMessage.REQUEST_TAG, tag);
        }

        @Test
        void uploadsOfDifferentTagsDoNotMix() throws Exception {
            String a = "a".repeat(150);
            String b = "b".repeat(150);
            String c = "c".repeat(150);
            for (int number = 0; number < 3; number++) {
                String expected = number < 2 ? "2.31" : "2.04";
                assertThat(device.exchange(tagged(a, number, (byte) 1)).codeText())
                        .isEqualTo(expected);
                assertThat(device.exchange(tagged(b, number)).codeText()).isEqualTo(expected);
                assertThat(device.exchange(block(request("0.03", "open", "a"), c, number, 2))
                                .codeText())
                        .isEqualTo(expected);
            }
            assertThat(gateway.calls()).extracting(RunningGateway.Call::body).containsExactly(a, b, c);
        }

        @Test
        void aBlockOfAnotherTagDoesNotContinueAnUpload() throws Exception {
            device.exchange(tagged(BODY, 0, (byte) 1));
            assertThat(device.exchange(tagged(BODY, 1, (byte) 2)).codeText()).isEqualTo("4.08");
            assertThat(device.exchange(tagged(BODY, 1, (byte) 1)).codeText()).isEqualTo("2.31");
        }

        @Test
        void tagsDoNotGetPastTheBoundOfUploads() throws Exception {
            for (int i = 0; i < 4; i++) {
                device.exchange(tagged(BODY, 0, (byte) i));
            }
            RawMessage refused = device.exchange(tagged(BODY, 0, (byte) 9));
            assertThat(refused.codeText()).isEqualTo("4.29");
            assertThat(refused.uint(RawMessage.MAX_AGE)).isPositive();
        }
    }

    @Nested
    class Downloads {
        private String download(RawMessage first, int szx, String... path) throws Exception {
            StringBuilder body = new StringBuilder(first.text());
            RawMessage last = first;
            while ((last.uint(BLOCK2) & 8) != 0) {
                int number = body.length() / (16 << szx);
                last = device.exchange(request("0.01", path).withBlock(BLOCK2, number, false, szx));
                assertThat(last.uint(BLOCK2) >> 4).isEqualTo(number);
                assertThat(last.uint(BLOCK2) & 7).isEqualTo(szx);
                body.append(last.text());
            }
            return body.toString();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
        void aDeviceChoosesTheSizeWithItsFirstRequest(int szx) throws Exception {
            RawMessage first = device.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 0, false, szx));
            assertThat(first.text()).hasSize(16 << szx);
            assertThat(first.uint(RawMessage.SIZE2)).isEqualTo(3000);
            assertThat(download(first, szx, "open", "large")).isEqualTo(RunningGateway.LARGE);
            assertThat(gateway.called()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 3, 6})
        void aDeviceChoosesTheSizeWithItsSecondRequest(int szx) throws Exception {
            RawMessage first = device.exchange(request("0.01", "open", "large"));
            assertThat(first.text()).hasSize(1024);
            assertThat(download(first, szx, "open", "large")).isEqualTo(RunningGateway.LARGE);
            assertThat(gateway.called()).hasSize(1);
        }

        @Test
        void ofMoreAnswersThanADeviceMayLeaveUnfinishedNothingIsKept() throws Exception {
            RawMessage[] firsts = new RawMessage[5];
            for (int i = 0; i < firsts.length; i++) {
                firsts[i] = device.exchange(request("0.01", "open", "large" + i).withBlock(BLOCK2, 0, false, 5));
                assertThat(firsts[i].uint(BLOCK2)).isEqualTo(8 | 5);
                assertThat(firsts[i].uint(RawMessage.SIZE2)).isEqualTo(3000);
            }
            assertThat(download(firsts[4], 5, "open", "large4")).isEqualTo(RunningGateway.LARGE);
            assertThat(gateway.called())
                    .as("asked for block by block")
                    .filteredOn("GET /open/large4"::equals)
                    .hasSize(6);
            assertThat(download(firsts[0], 5, "open", "large0")).isEqualTo(RunningGateway.LARGE);
            assertThat(gateway.called())
                    .as("kept")
                    .filteredOn("GET /open/large0"::equals)
                    .hasSize(1);
            RawMessage another =
                    device.exchange(request("0.01", "open", "large5").withBlock(BLOCK2, 0, false, 5));
            assertThat(download(another, 5, "open", "large5")).isEqualTo(RunningGateway.LARGE);
            assertThat(gateway.called())
                    .as("room again")
                    .filteredOn("GET /open/large5"::equals)
                    .hasSize(1);
        }

        @Test
        void ofMoreAnswersToChangesTheRestIsLostToTheirDeviceOnly() throws Exception {
            for (int i = 0; i < 4; i++) {
                device.exchange(request("0.02", "open", "large" + i).withBlock(BLOCK2, 0, false, 5));
            }
            RawMessage fifth = device.exchange(request("0.02", "open", "large4").withBlock(BLOCK2, 0, false, 5));
            assertThat(fifth.codeText()).isEqualTo("2.04");
            assertThat(fifth.uint(BLOCK2)).isEqualTo(8 | 5);
            RawMessage rest = device.exchange(request("0.02", "open", "large4").withBlock(BLOCK2, 1, false, 5));
            assertThat(rest.codeText()).isEqualTo("4.08");
            assertThat(gateway.called()).as("each change once").hasSize(5);
        }

        @Test
        void blocksOfDifferentAnswersSayWhichTheyAreOf() throws Exception {
            RawMessage second = device.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 1, false, 5));
            RawMessage third = device.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 2, false, 5));
            assertThat(gateway.called()).hasSize(2);
            assertThat(second.option(RawMessage.ETAG)).isPresent();
            assertThat(third.option(RawMessage.ETAG).orElseThrow())
                    .isEqualTo(second.option(RawMessage.ETAG).orElseThrow());
        }

        @Test
        void anyBlockMayBeAskedForFirst() throws Exception {
            RawMessage fourth = device.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 3, false, 4));
            assertThat(fourth.codeText()).isEqualTo("2.05");
            assertThat(fourth.uint(BLOCK2)).isEqualTo(3 << 4 | 8 | 4);
            assertThat(fourth.text()).isEqualTo(RunningGateway.LARGE.substring(768, 1024));
            RawMessage beyond = device.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 40, false, 6));
            assertThat(beyond.codeText()).isEqualTo("4.02");
        }

        @Test
        void theListenerBoundsTheSize() throws Exception {
            try (RunningGateway small = new RunningGateway(
                            directory, "coap: {max-block: 32, ack-timeout: 60s, piggyback-window: 50s}", "");
                    RawCoapClient other = small.device("sensor-1")) {
                RawMessage first =
                        other.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 0, false, 6));
                assertThat(first.text()).hasSize(32);
                assertThat(first.uint(BLOCK2)).isEqualTo(8 | 1);
            }
        }
    }

    @Nested
    class Both {
        @Test
        void aBodyInBlocksIsAnsweredByABodyInBlocks() throws Exception {
            RawMessage first = upload("0.02", BODY, 2, "open", "echo");
            assertThat(first.codeText()).isEqualTo("2.04");
            assertThat(first.text()).isEqualTo(BODY.substring(0, 1024));
            assertThat(first.uint(BLOCK1)).isEqualTo(23 << 4 | 2);
            RawMessage second = device.exchange(request("0.02", "open", "echo").withBlock(BLOCK2, 1, false, 6));
            assertThat(second.text()).isEqualTo(BODY.substring(1024));
            assertThat(gateway.called()).containsExactly("POST /open/echo");
        }

        @Test
        void theSizeOfTheAnswersBlocksIsChosenWithTheLastBlock() throws Exception {
            device.exchange(block(request("0.02", "open", "echo"), BODY, 0, 6));
            RawMessage first = device.exchange(
                    block(request("0.02", "open", "echo"), BODY, 1, 6).withBlock(BLOCK2, 0, false, 1));
            assertThat(first.text()).isEqualTo(BODY.substring(0, 32));
            assertThat(first.uint(BLOCK2)).isEqualTo(8 | 1);
        }

        @Test
        void askingForTheRestOfAForgottenAnswerIsNoSecondCall() throws Exception {
            for (String method : new String[] {"0.02", "0.03", "0.04"}) {
                RawMessage rest = request(method, "open", "large").withBlock(BLOCK2, 1, false, 6);
                assertThat(device.exchange(rest).codeText()).isEqualTo("4.08");
            }
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void transfersOfAnotherDeviceAreOutOfReach() throws Exception {
            try (RawCoapClient other = gateway.device("sensor-2")) {
                device.exchange(block(request("0.03", "open", "a"), BODY, 0, 2));
                assertThat(other.exchange(block(request("0.03", "open", "a"), BODY, 1, 2))
                                .codeText())
                        .isEqualTo("4.08");
                device.exchange(request("0.02", "open", "large"));
                assertThat(other.exchange(request("0.02", "open", "large").withBlock(BLOCK2, 1, false, 6))
                                .codeText())
                        .isEqualTo("4.08");
            }
        }
    }

    /** With the shortest lifetime that there is; what they wait for is the only thing that they wait for. */
    @Nested
    class Abandoned {
        private int uploads;
        private RunningGateway hasty;
        private RawCoapClient other;

        @BeforeEach
        void start() throws Exception {
            hasty = new RunningGateway(directory, "", "coap: {block-lifetime: 1s, max-body: 2KiB}");
            other = hasty.device("sensor-1");
        }

        @AfterEach
        void stopHasty() {
            other.close();
            hasty.close();
        }

        private String begin(int upload) throws Exception {
            return other.exchange(block(request("0.03", "open", "u" + upload), BODY, 0, 4))
                    .codeText();
        }

        /** Begins uploads until there is no room, and waits until there is some: a lifetime. */
        private void passALifetime() throws Exception {
            do {
                uploads++;
            } while (begin(uploads).equals("2.31"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> begin(uploads).equals("2.31"));
        }

        @Test
        void uploadsAreForgottenAndMakeRoom() throws Exception {
            assertThat(begin(0)).isEqualTo("2.31");
            for (int i = 0; i < 3; i++) { // forgotten within two: what sweeps comes once in a lifetime
                passALifetime();
            }
            RawMessage tooLate = other.exchange(block(request("0.03", "open", "u0"), BODY, 1, 4));
            assertThat(tooLate.codeText()).isEqualTo("4.08");
            assertThat(hasty.calls()).isEmpty();
        }

        @Test
        void answersAreForgottenAndComeAnew() throws Exception {
            RawMessage first = other.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 0, false, 5));
            assertThat(first.uint(BLOCK2)).isEqualTo(8 | 5);
            for (int i = 0; i < 3; i++) {
                passALifetime();
            }
            RawMessage second = other.exchange(request("0.01", "open", "large").withBlock(BLOCK2, 1, false, 5));
            assertThat(second.text()).isEqualTo(RunningGateway.LARGE.substring(512, 1024));
            assertThat(hasty.called()).as("asked again").hasSize(2);
        }
    }
}
