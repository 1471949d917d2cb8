package io.coapgate.gateway;

import static io.coapgate.gateway.RawMessage.ACK;
import static io.coapgate.gateway.RawMessage.CON;
import static io.coapgate.gateway.RawMessage.NON;
import static io.coapgate.gateway.RawMessage.RST;
import static io.coapgate.gateway.RawMessage.con;
import static io.coapgate.gateway.RawMessage.empty;
import static io.coapgate.gateway.RawMessage.non;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7252 §3 and §4, one datagram at a time over DTLS. */
@Timeout(60)
class MessageLayerTest {
    private final Path directory;
    private final RunningGateway gateway;
    private final RawCoapClient device;

    MessageLayerTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        gateway = new RunningGateway(directory, "", "");
        device = gateway.device("sensor-1");
    }

    @AfterEach
    void stop() {
        device.close();
        gateway.close();
    }

    private void isReset(int mid) throws InterruptedException {
        assertThat(device.receive().toString()).isEqualTo(empty(RST, mid).toString());
    }

    private void assertRefused(String reason, int times) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(gateway.metrics())
                        .contains("coapgate_refusals_total{reason=\"" + reason + "\"} " + times + ".0"));
    }

    /** The given bytes behind a header of this first byte and code. */
    private static byte[] datagram(int first, int code, int mid, int... rest) {
        byte[] bytes = new byte[4 + rest.length];
        bytes[0] = (byte) first;
        bytes[1] = (byte) code;
        bytes[2] = (byte) (mid >> 8);
        bytes[3] = (byte) mid;
        for (int i = 0; i < rest.length; i++) {
            bytes[4 + i] = (byte) rest[i];
        }
        return bytes;
    }

    @Nested
    class Format {
        @Test
        void anUnknownVersionIsIgnoredInSilence() throws Exception {
            byte[] get = con("0.01", 1, "open", "a").bytes();
            get[0] = (byte) ((get[0] & 0x3f) | (2 << 6));
            device.send(get);
            get[0] = (byte) (get[0] & 0x3f);
            device.send(get);
            device.expectNothing();
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void fewerBytesThanAHeaderAreIgnored() throws Exception {
            device.send((byte) 0x40, (byte) 1, (byte) 0);
            device.expectNothing();
        }

        @ParameterizedTest
        @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15})
        void aReservedTokenLengthIsAFormatError(int length) throws Exception {
            device.send(con("0.01", 7, "open", "a").withToken(new byte[length]));
            isReset(7);
            device.send(non("0.01", 8, "open", "a").withToken(new byte[length]));
            device.expectNothing();
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void tokensOfNoneToEightBytesComeBackAsTheyWere() throws Exception {
            for (int length = 0; length <= 8; length++) {
                byte[] token = new byte[length];
                Arrays.fill(token, (byte) 0x5A);
                RawMessage answer =
                        device.exchange(con("0.01", 100 + length, "open", "a").withToken(token));
                assertThat(answer.token()).isEqualTo(token);
                assertThat(answer.codeText()).isEqualTo("2.05");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.00", "1.05", "3.00", "6.00", "6.31", "7.01", "7.31"})
        void aReservedCodeClassIsAFormatError(String code) throws Exception {
            device.send(con(code, 7));
            isReset(7);
            device.send(non(code, 8));
            device.expectNothing();
        }

        @Test
        void brokenOptionsAreAFormatError() throws Exception {
            device.send(datagram(0x40, 1, 1, 0xF1, 0)); // delta 15
            isReset(1);
            device.send(datagram(0x40, 1, 2, 0xBF, 0)); // length 15
            isReset(2);
            device.send(datagram(0x40, 1, 3, 0xB5, 'a')); // five bytes announced, one there
            isReset(3);
            device.send(datagram(0x40, 1, 4, 0xB1, 'a', 0xFF)); // a payload marker and nothing behind it
            isReset(4);
            device.send(datagram(0x44, 1, 5, 1, 2)); // four bytes of token announced, two there
            isReset(5);
            device.send(datagram(0x50, 1, 6, 0xF1, 0)); // NON
            device.expectNothing();
            assertThat(gateway.called()).isEmpty();
            assertRefused("message_malformed", 6);
        }
    }

    @Nested
    class EmptyMessages {
        @Test
        void aPingIsAnsweredByAReset() throws Exception {
            assertThat(device.exchange(empty(CON, 4711)).toString())
                    .isEqualTo(empty(RST, 4711).toString());
        }

        @Test
        void anEmptyMessageWithContentIsAFormatError() throws Exception {
            device.send(datagram(0x40, 0, 1, 0xFF, 'x'));
            isReset(1);
            device.send(datagram(0x41, 0, 2, 9)); // a token
            isReset(2);
            device.send(datagram(0x50, 0, 3, 9)); // NON
            device.send(datagram(0x60, 0, 4, 9)); // ACK
            device.send(datagram(0x70, 0, 5, 9)); // RST
            device.expectNothing();
        }

        @Test
        void anAcknowledgementOrResetOfNothingIsIgnored() throws Exception {
            device.send(empty(ACK, 1));
            device.send(empty(RST, 2));
            device.expectNothing();
        }
    }

    @Nested
    class Types {
        @Test
        void aRequestAsAcknowledgementOrResetIsIgnored() throws Exception {
            byte[] get = con("0.01", 1, "open", "a").bytes();
            get[0] = (byte) ((get[0] & 0xCF) | (ACK << 4));
            device.send(get);
            get[0] = (byte) ((get[0] & 0xCF) | (RST << 4));
            device.send(get);
            device.expectNothing();
            assertThat(gateway.called()).isEmpty();
        }

        @Test
        void aResponseThatNobodyAskedForIsReset() throws Exception {
            device.send(con("2.05", 9));
            isReset(9);
            device.send(datagram(0x61, 0x45, 10, 1)); // ACK
            device.expectNothing();
        }

        @Test
        void aNonConfirmableRequestGetsANonConfirmableAnswer() throws Exception {
            RawMessage answer = device.exchange(non("0.01", 1, "open", "a"));
            assertThat(answer.type()).isEqualTo(NON);
            assertThat(answer.codeText()).isEqualTo("2.05");
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.token()).isEqualTo(non("0.01", 1).token());
            device.expectNothing();
        }

        @Test
        void aConfirmableRequestIsAnsweredOnItsAcknowledgement() throws Exception {
            RawMessage answer = device.exchange(con("0.01", 1, "open", "a"));
            assertThat(answer.type()).isEqualTo(ACK);
            assertThat(answer.mid()).isEqualTo(1);
            assertThat(answer.codeText()).isEqualTo("2.05");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.08", "0.29", "0.30", "0.31"})
        void anUnknownMethodIsNotAllowed(String method) throws Exception {
            RawMessage answer = device.exchange(con(method, 1, "open", "a"));
            assertThat(answer.type()).isEqualTo(ACK);
            assertThat(answer.codeText()).isEqualTo("4.05");
            assertThat(gateway.called()).isEmpty();
            assertRefused("method_not_allowed", 1);
        }
    }

    @Nested
    class Deduplication {
        @Test
        void aDuplicateGetsTheSameAnswerWithoutASecondCall() throws Exception {
            for (String method : new String[] {"0.01", "0.02", "0.03", "0.04"}) {
                int mid = 1000 + RawMessage.code(method);
                RawMessage request = con(method, mid, "open", "a");
                RawMessage first = device.exchange(request);
                RawMessage second = device.exchange(request);
                assertThat(second.bytes()).isEqualTo(first.bytes());
                assertThat(second.type()).isEqualTo(ACK);
            }
            assertThat(gateway.called())
                    .containsExactly("GET /open/a", "POST /open/a", "PUT /open/a", "DELETE /open/a");
        }

        @Test
        void aDuplicateNonConfirmableRequestIsOneCall() throws Exception {
            device.exchange(non("0.02", 5, "open", "a"));
            device.send(non("0.02", 5, "open", "a"));
            device.exchange(con("0.01", 6, "open", "b"));
            assertThat(gateway.called()).containsOnlyOnce("POST /open/a");
        }

        @Test
        void theSameMessageIdOfAnotherDeviceIsAnotherMessage() throws Exception {
            try (RawCoapClient other = gateway.device("sensor-2")) {
                device.exchange(con("0.02", 5, "open", "a"));
                other.exchange(con("0.02", 5, "open", "b"));
            }
            assertThat(gateway.called()).containsExactly("POST /open/a", "POST /open/b");
        }
    }

    @Test
    void aListenerOnIpv6Works() throws Exception {
        try (RunningGateway six = new RunningGateway(directory, "address: \"::1\"", "");
                RawCoapClient other = six.device("sensor-1")) {
            assertThat(six.address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
            assertThat(other.exchange(con("0.01", 1, "open", "a")).codeText()).isEqualTo("2.05");
            assertThat(other.exchange(empty(CON, 2)).type()).isEqualTo(RST);
        }
    }
}
